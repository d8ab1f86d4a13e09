package io.tyer.servers.tyer;

import io.tyer.servers.group.GroupKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Members of the lock server. */
abstract class MembersKind extends GroupKind<TyerGroup> {

  /** A system property: whether all that is on this host proves who it is, and shows tokens. */
  private static final String TLS = "tyer.tls";

  MembersKind(int members) {
    super(members);
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
}
