package io.tyer.servers.group;

import io.tyer.testkit.server.ServerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A kind of group whose members are processes that need no clock. */
public abstract class GroupKind<G extends MemberGroup<?>> implements ServerKind {

  private final int members;

  /** Of so many. */
  protected GroupKind(int members) {
    this.members = members;
  }

  @Override
  public final int members() {
    return members;
  }

  @Override
  public final G start(Path directory) throws IOException {
    return start(directory, Map.of());
  }

  @Override
  public final G start(Path directory, Map<String, String> environment) throws IOException {
    return start(directory, Collections.nCopies(members, environment));
  }

  @Override
  public abstract G start(Path directory, List<Map<String, String>> environments)
      throws IOException;

  @Override
  public final boolean takesEnvironment() {
    return true;
  }

  @Override
  public final boolean needsNoClock() {
    return true;
  }
}
