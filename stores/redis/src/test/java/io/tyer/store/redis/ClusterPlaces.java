package io.tyer.store.redis;

import io.tyer.line.LockName;
import io.tyer.servers.redis.RedisClusterServer;
import io.tyer.servers.redis.RedisNode;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where in a cluster names are kept, and what its nodes have answered. */
final class ClusterPlaces {

  private static final Pattern OFFSET = Pattern.compile("master_repl_offset:(\\d+)");

  private ClusterPlaces() {}

  /** The slot of a lock's keys. */
  static int slotOf(String name) {
    return Slots.slot(Slots.shardOf(LockName.of(name)));
  }

  /** A name that begins like this and is kept on this node. */
  static String nameOn(RedisClusterServer cluster, RedisNode node, String begin)
      throws IOException {
    for (int i = 0; i < 10_000; i++) {
      String name = begin + "-" + i;
      if (cluster.ownerOf(slotOf(name)) == node) {
        return name;
      }
    }
    throw new IOException("no name is kept on " + node);
  }

  /** How often the nodes that run have answered with this error since they started. */
  static long errors(RedisClusterServer cluster, String code) throws IOException {
    long count = 0;
    for (RedisNode node : cluster.nodes()) {
      if (node.isRunning()) {
        String stats = (String) node.ask("INFO", "errorstats");
        count +=
            stats
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("errorstat_" + code + ":count="))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf('=') + 1)))
                .sum();
      }
    }
    return count;
  }

  /** Whether this node takes the cluster for down. */
  static boolean isDown(RedisNode node) throws IOException {
    return ((String) node.ask("CLUSTER", "INFO")).contains("cluster_state:fail");
  }

  /** Whether a replica of this master has acknowledged all that it has done. */
  static boolean isReplicated(RedisNode master) throws IOException {
    String info = (String) master.ask("INFO", "replication");
    Matcher offset = OFFSET.matcher(info);
    return offset.find() && info.contains("state=online,offset=" + offset.group(1) + ",");
  }

  /** Has all nodes that run serve their slots whether others serve theirs or not. */
  static void requireFullCoverage(RedisClusterServer cluster, boolean required) throws IOException {
    for (RedisNode node : List.copyOf(cluster.nodes())) {
      if (node.isRunning()) {
        Object unused =
            node.ask("CONFIG", "SET", "cluster-require-full-coverage", required ? "yes" : "no");
      }
    }
  }
}
