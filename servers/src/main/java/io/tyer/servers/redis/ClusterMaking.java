package io.tyer.servers.redis;

import io.tyer.servers.process.Until;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Makes a cluster of nodes that know nothing of each other. */
final class ClusterMaking {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final List<String> CONFIGURATION =
      List.of(
          "cluster-enabled yes",
          "cluster-config-file nodes.conf",
          "cluster-node-timeout 2000",
          "repl-diskless-sync yes",
          "repl-diskless-sync-delay 0");

  private ClusterMaking() {}

  /** Nodes that are not started yet. */
  static List<RedisNode> nodes(Path directory, int count) throws IOException {
    List<String> configuration = new ArrayList<>(Configuration.DURABLE);
    configuration.addAll(CONFIGURATION);
    List<RedisNode> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      nodes.add(RedisNode.in(directory.resolve("node-" + i), configuration, Map.of()));
    }
    return List.copyOf(nodes);
  }

  /** Has running nodes share all slots: the first ones serve them, the rest are their replicas. */
  static void join(List<RedisNode> nodes, int masters) throws IOException {
    for (int i = 0; i < nodes.size(); i++) {
      nodes.get(i).ask("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
      if (i < masters) {
        nodes.get(i).ask(slots(i, masters));
      }
    }
    for (RedisNode node : nodes.subList(1, nodes.size())) {
      String port = Integer.toString(node.address().getPort());
      nodes.get(0).ask("CLUSTER", "MEET", "127.0.0.1", port);
    }
    Until.holds("all nodes know each other", LIMIT, () -> allKnown(nodes));
    for (int i = masters; i < nodes.size(); i++) {
      String master = ClusterView.of(nodes.get(i % masters)).myself().id();
      nodes.get(i).ask("CLUSTER", "REPLICATE", master);
    }
  }

  /** Not by ranges, which are new in Redis 7. */
  private static String[] slots(int index, int of) {
    int first = ClusterView.SLOTS * index / of;
    int end = ClusterView.SLOTS * (index + 1) / of;
    List<String> command = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
    IntStream.range(first, end).mapToObj(Integer::toString).forEach(command::add);
    return command.toArray(String[]::new);
  }

  /** By their ids: while two shake hands, they are known by others. */
  private static boolean allKnown(List<RedisNode> nodes) throws IOException {
    List<String> ids = new ArrayList<>();
    for (RedisNode node : nodes) {
      ids.add(ClusterView.of(node).myself().id());
    }
    for (RedisNode node : nodes) {
      List<String> known =
          ClusterView.of(node).members().stream().map(ClusterView.Member::id).toList();
      if (!known.containsAll(ids)) {
        return false;
      }
    }
    return true;
  }
}
