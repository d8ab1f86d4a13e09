package io.tyer.servers.zookeeper;

import io.tyer.testkit.server.ServerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Members of ZooKeeper, which are processes and measure time without a wall clock. */
abstract class ZooKeepersKind implements ServerKind {

  private final int members;

  ZooKeepersKind(int members) {
    this.members = members;
  }

  @Override
  public final int members() {
    return members;
  }

  @Override
  public final ZooKeeperGroup start(Path directory) throws IOException {
    return start(directory, Map.of());
  }

  @Override
  public final ZooKeeperGroup start(Path directory, Map<String, String> environment)
      throws IOException {
    return start(directory, Collections.nCopies(members, environment));
  }

  /** On this host. */
  @Override
  public ZooKeeperGroup start(Path directory, List<Map<String, String>> environments)
      throws IOException {
    return ZooKeeperGroup.start(directory, List.of(), environments);
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
