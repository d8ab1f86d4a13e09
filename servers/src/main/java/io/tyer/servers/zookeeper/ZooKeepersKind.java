package io.tyer.servers.zookeeper;

import io.tyer.servers.group.GroupKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Members of ZooKeeper, which measure time without a wall clock. */
abstract class ZooKeepersKind extends GroupKind<ZooKeeperGroup> {

  ZooKeepersKind(int members) {
    super(members);
  }

  /** On this host. */
  @Override
  public ZooKeeperGroup start(Path directory, List<Map<String, String>> environments)
      throws IOException {
    return ZooKeeperGroup.start(directory, List.of(), environments);
  }
}
