package io.tyer.servers.redis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A slot on its way from one node of a cluster to another, step by step: what a test does between
 * the steps meets a slot that is in two places.
 */
public final class SlotMove {

  private final RedisClusterServer cluster;
  private final String slot;
  private final RedisNode from;
  private final RedisNode to;

  private SlotMove(RedisClusterServer cluster, int slot, RedisNode from, RedisNode to) {
    this.cluster = cluster;
    this.slot = Integer.toString(slot);
    this.from = from;
    this.to = to;
  }

  static SlotMove begin(RedisClusterServer cluster, int slot, RedisNode from, RedisNode to)
      throws IOException {
    SlotMove move = new SlotMove(cluster, slot, from, to);
    to.ask("CLUSTER", "SETSLOT", move.slot, "IMPORTING", id(from));
    from.ask("CLUSTER", "SETSLOT", move.slot, "MIGRATING", id(to));
    return move;
  }

  private static String id(RedisNode node) throws IOException {
    return ClusterView.of(node).myself().id();
  }

  /**
   * Moves some of the keys that are left.
   *
   * @param most how many at most
   * @return whether none is left
   */
  public boolean moveKeys(int most) throws IOException {
    Object answer = from.ask("CLUSTER", "GETKEYSINSLOT", slot, Integer.toString(most));
    List<String> keys = new ArrayList<>();
    if (answer instanceof List<?> list) {
      list.forEach(key -> keys.add((String) key));
    }
    if (keys.isEmpty()) {
      return true;
    }
    String port = Integer.toString(to.address().getPort());
    List<String> command =
        new ArrayList<>(List.of("MIGRATE", "127.0.0.1", port, "", "0", "5000", "KEYS"));
    command.addAll(keys);
    from.ask(command.toArray(String[]::new));
    return false;
  }

  /**
   * Tells all that the slot has moved.
   *
   * @throws IOException if keys are left
   */
  public void finish() throws IOException {
    String id = id(to);
    to.ask("CLUSTER", "SETSLOT", slot, "NODE", id);
    from.ask("CLUSTER", "SETSLOT", slot, "NODE", id);
    for (RedisNode node : Nodes.running(cluster.nodes())) {
      if (node != to && node != from && Nodes.isMaster(node)) {
        node.ask("CLUSTER", "SETSLOT", slot, "NODE", id);
      }
    }
  }
}
