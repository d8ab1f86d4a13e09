package io.tyer.servers.redis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the nodes of a master with replicas, and those of its sentinels; none is started yet. */
final class SentinelMaking {

  /** What the sentinels call the master. */
  static final String NAME = "mymaster";

  private SentinelMaking() {}

  /** The first one is the master, for now. */
  static List<RedisNode> stores(Path directory, int count) throws IOException {
    List<RedisNode> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> configuration = new ArrayList<>(Configuration.DURABLE);
      configuration.add("repl-diskless-sync yes");
      configuration.add("repl-diskless-sync-delay 0");
      if (i > 0) {
        configuration.add("replicaof 127.0.0.1 " + nodes.get(0).address().getPort());
      }
      nodes.add(RedisNode.in(directory.resolve("node-" + i), configuration, Map.of()));
    }
    return List.copyOf(nodes);
  }

  /** Of this master; most of them must agree that it is dead. */
  static List<RedisNode> sentinels(Path directory, RedisNode master, int count) throws IOException {
    List<String> configuration =
        List.of(
            "sentinel monitor %s 127.0.0.1 %d %d"
                .formatted(NAME, master.address().getPort(), count / 2 + 1),
            "sentinel down-after-milliseconds " + NAME + " 1000",
            // A try that came to nothing is followed by the next one after twice this.
            "sentinel failover-timeout " + NAME + " 1500",
            "sentinel parallel-syncs " + NAME + " 2");
    List<RedisNode> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Path place = directory.resolve("sentinel-" + i);
      nodes.add(RedisNode.in(place, configuration, Map.of(), "--sentinel"));
    }
    return List.copyOf(nodes);
  }
}
