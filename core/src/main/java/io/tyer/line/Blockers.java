package io.tyer.line;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Finds a smallest set of tickets ahead of a waiting one that alone still blocks it: while all of
 * them stay as they are, it waits, and it need not look again before one of them has gone.
 */
final class Blockers {

  /** A stretch of the line ahead: a node's ticket, with the subtrees at its sides or without. */
  private record Part(Node node, @Nullable Node left, @Nullable Node right, long heaviest) {
    Part(Node node, @Nullable Node left, @Nullable Node right) {
      this(
          node,
          left,
          right,
          Math.max(Rule.weighs(node.ticket), Math.max(Node.heaviest(left), Node.heaviest(right))));
    }
  }

  // Parts do not overlap, so of two with equally heavy tickets the one further right has the
  // nearer.
  private static final Comparator<Part> HEAVIEST_THEN_NEAREST =
      (a, b) ->
          a.heaviest != b.heaviest
              ? Long.compare(b.heaviest, a.heaviest)
              : Long.compare(b.node.number, a.node.number);

  private Blockers() {}

  /**
   * The blockers of a ticket that leaves this room, among those with a number below the given one,
   * which together weigh more than that. In line order; if there are more than the most that are
   * wanted, only that many of them, the heaviest and, of equally heavy ones, the nearest.
   */
  static List<Ticket> of(@Nullable Node tree, long below, boolean exclusive, long room, int most) {
    if (exclusive) {
      return List.of(nearest(tree, below));
    }
    PriorityQueue<Part> parts = ahead(tree, below);
    List<Ticket> blockers = new ArrayList<>();
    for (long weight = 0; weight <= room && blockers.size() < most; ) {
      Ticket heaviest = takeHeaviest(parts);
      weight += Rule.weighs(heaviest);
      blockers.add(heaviest);
    }
    blockers.sort(Comparator.comparingLong(Ticket::number));
    return List.copyOf(blockers);
  }

  private static Ticket nearest(@Nullable Node tree, long below) {
    Ticket nearest = null;
    Node node = tree;
    while (node != null) {
      if (node.number < below) {
        nearest = node.ticket;
        node = node.right;
      } else {
        node = node.left;
      }
    }
    if (nearest == null) {
      throw new AssertionError("a ticket with nobody ahead does not wait");
    }
    return nearest;
  }

  private static PriorityQueue<Part> ahead(@Nullable Node tree, long below) {
    PriorityQueue<Part> parts = new PriorityQueue<>(HEAVIEST_THEN_NEAREST);
    Node node = tree;
    while (node != null) {
      if (node.number < below) {
        parts.add(new Part(node, node.left, null));
        node = node.right;
      } else {
        node = node.left;
      }
    }
    return parts;
  }

  /**
   * Takes the nearest of the heaviest tickets out of its part, and puts back what else is in it.
   */
  private static Ticket takeHeaviest(PriorityQueue<Part> parts) {
    Part part = parts.remove();
    long heaviest = part.heaviest;
    Node node = part.node;
    Node left = part.left;
    Node right = part.right;
    while (true) {
      if (right != null && right.heaviest == heaviest) {
        parts.add(new Part(node, left, null));
        node = right;
      } else if (Rule.weighs(node.ticket) == heaviest || left == null) {
        addWhole(parts, left);
        addWhole(parts, right);
        return node.ticket;
      } else {
        parts.add(new Part(node, null, right));
        node = left;
      }
      left = node.left;
      right = node.right;
    }
  }

  private static void addWhole(PriorityQueue<Part> parts, @Nullable Node node) {
    if (node != null) {
      parts.add(new Part(node, node.left, node.right, node.heaviest));
    }
  }
}
