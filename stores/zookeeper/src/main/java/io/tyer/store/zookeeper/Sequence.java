package io.tyer.store.zookeeper;

import io.tyer.store.ordered.OrderedNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The order in which a line's nodes were appended. ZooKeeper writes a count behind a node's name
 * that goes up by one with each node of the line, and begins again at −2^31 after 2^31 − 1: of two
 * nodes that are there at the same time, that one came first from which fewer steps up lead to the
 * other.
 */
final class Sequence {

  /** Ten characters or, where that is not enough, eleven; a negative one begins with a minus. */
  private static final Pattern NODE = Pattern.compile("(.+)_([0-9]{10}|-[0-9]{9,10})");

  private Sequence() {}

  /** A node's name before its count. */
  static String begin(String label) {
    return label + "_";
  }

  /**
   * The nodes of these names, in order, without their bodies. Names that no append has made are
   * somebody else's, and left out.
   */
  static List<OrderedNode> ordered(List<String> names) {
    List<Counted> counted = new ArrayList<>(names.size());
    for (String name : names) {
      Matcher matcher = NODE.matcher(name);
      if (matcher.matches()) {
        long count = Long.parseLong(matcher.group(2));
        if (count >= Integer.MIN_VALUE && count <= Integer.MAX_VALUE) {
          counted.add(new Counted((int) count, new OrderedNode(name, matcher.group(1), null)));
        }
      }
    }
    // The difference, which wraps as the count does.
    counted.sort((one, other) -> Integer.compare(one.count - other.count, 0));
    List<OrderedNode> nodes = new ArrayList<>(counted.size());
    counted.forEach(node -> nodes.add(node.node));
    return nodes;
  }

  private record Counted(int count, OrderedNode node) {}
}
