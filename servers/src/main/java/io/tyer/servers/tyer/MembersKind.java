package io.tyer.servers.tyer;

import io.tyer.testkit.server.ServerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Members of the lock server, which are processes and need no clock. */
abstract class MembersKind implements ServerKind {

  /** A system property: whether all that is on this host proves who it is, and shows tokens. */
  private static final String TLS = "tyer.tls";

  private final int members;

  MembersKind(int members) {
    this.members = members;
  }

  @Override
  public final int members() {
    return members;
  }

  @Override
  public final TyerGroup start(Path directory) throws IOException {
    return start(directory, Map.of());
  }

  @Override
  public final TyerGroup start(Path directory, Map<String, String> environment) throws IOException {
    return start(directory, Collections.nCopies(members, environment));
  }

  /** On this host. */
  @Override
  public TyerGroup start(Path directory, List<Map<String, String>> environments)
      throws IOException {
    Access access = Boolean.getBoolean(TLS) ? Access.tlsOnThisHost(directory) : plain(directory);
    return TyerGroup.start(directory, environments, access);
  }

  /** How it is reached, unless it is by TLS. */
  Access plain(Path directory) throws IOException {
    return Access.plain();
  }

  @Override
  public final boolean takesEnvironment() {
    return true;
  }

  @Override
  public final boolean needsNoClock() {
    return true;
  }
}
