package io.tyer.servers.redis;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** What is done with several nodes at once. */
final class Nodes {

  private Nodes() {}

  /** Starts those that are down. */
  static void start(List<RedisNode> nodes) throws IOException {
    for (RedisNode node : nodes) {
      node.start();
    }
  }

  /** Those that have a process. */
  static List<RedisNode> running(List<RedisNode> nodes) {
    return nodes.stream().filter(RedisNode::isRunning).toList();
  }

  /** {@code HOST:PORT,HOST:PORT}, as addresses of stores have them. */
  static String list(List<RedisNode> nodes) {
    return nodes.stream().map(RedisNode::toString).collect(Collectors.joining(","));
  }

  /** What INFO says in this line of this section, such as {@code up}; empty if there is none. */
  static String info(RedisNode node, String section, String field) throws IOException {
    return field((String) node.ask("INFO", section), field);
  }

  /** What a text of lines {@code FIELD:VALUE} says of a field; empty if nothing. */
  static String field(String text, String field) {
    return text.lines()
        .filter(line -> line.startsWith(field + ":"))
        .map(line -> line.substring(field.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  /** Whether it takes itself for a master. */
  static boolean isMaster(RedisNode node) throws IOException {
    return info(node, "replication", "role").equals("master");
  }

  /** Whether it has all that its master has and follows it, or is a master itself. */
  static boolean isLinked(RedisNode node) throws IOException {
    String replication = (String) node.ask("INFO", "replication");
    return field(replication, "role").equals("master")
        || field(replication, "master_link_status").equals("up");
  }
}
