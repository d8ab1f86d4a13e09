package io.tyer.line;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A line's tickets as a persistent weight-balanced search tree, ordered by number. Each node knows
 * sums over its subtree, so that a line of any length answers in logarithmic time: how much weight
 * stands ahead of a ticket, whom a departure grants, which tickets block another.
 *
 * <p>An empty tree is null, so the operations are static.
 */
@CheckReturnValue
final class Node {

  /**
   * Larger than any real shortfall, which is at most 2^61, and so far below the end of a long that
   * the weights of a whole line can still be added.
   */
  private static final long NOBODY_WAITS = 1L << 62;

  // Adams' balance: no side has more than DELTA times the nodes of the other. (3, 2) is the only
  // pair of integers for which insertion and removal are proved to keep it.
  private static final int DELTA = 3;
  private static final int GAMMA = 2;

  final @Nullable Node left;
  final Ticket ticket;
  final boolean granted;
  final @Nullable Node right;

  /** The ticket's, kept here too: searching reads one object a level, not two. */
  final long number;

  /** How many tickets the subtree has. */
  final int size;

  /** What they weigh together. */
  final long weight;

  /** What the heaviest of them weighs. */
  final long heaviest;

  /**
   * The least, over the subtree's waiting tickets, of the weights ahead of it within the subtree
   * less its {@linkplain Rule#room room}. Plus the weights ahead of the subtree, that is how much
   * must leave before the first of them is granted; it is 0 or less when the rule grants one.
   */
  private final long shortfall;

  private Node(@Nullable Node left, Ticket ticket, boolean granted, @Nullable Node right) {
    this.left = left;
    this.ticket = ticket;
    this.number = ticket.number();
    this.granted = granted;
    this.right = right;
    long own = Rule.weighs(ticket);
    int count = 1;
    long ahead = 0;
    long most = own;
    long least = NOBODY_WAITS;
    if (left != null) {
      count += left.size;
      ahead = left.weight;
      most = Math.max(most, left.heaviest);
      least = left.shortfall;
    }
    if (!granted) {
      least = Math.min(least, ahead - Rule.room(ticket));
    }
    long sum = ahead + own;
    if (right != null) {
      count += right.size;
      most = Math.max(most, right.heaviest);
      least = Math.min(least, sum + right.shortfall);
      sum += right.weight;
    }
    this.size = count;
    this.weight = sum;
    this.heaviest = most;
    this.shortfall = least;
  }

  /** The tree of these tickets, which are in order, each granted if the rule says so. */
  static @Nullable Node build(List<Ticket> tickets) {
    return build(tickets, 0, tickets.size(), 0);
  }

  private static @Nullable Node build(List<Ticket> tickets, int from, int to, long weightsAhead) {
    if (from == to) {
      return null;
    }
    int middle = (from + to) >>> 1;
    Node left = build(tickets, from, middle, weightsAhead);
    Ticket ticket = tickets.get(middle);
    long ahead = weightsAhead + weight(left);
    Node right = build(tickets, middle + 1, to, ahead + Rule.weighs(ticket));
    return new Node(left, ticket, Rule.granted(ahead, Rule.room(ticket)), right);
  }

  static int size(@Nullable Node tree) {
    return tree == null ? 0 : tree.size;
  }

  static long weight(@Nullable Node tree) {
    return tree == null ? 0 : tree.weight;
  }

  static long heaviest(@Nullable Node tree) {
    return tree == null ? 0 : tree.heaviest;
  }

  /** The node with this number, or null. */
  static @Nullable Node find(@Nullable Node tree, long number) {
    Node node = tree;
    while (node != null && node.number != number) {
      node = number < node.number ? node.left : node.right;
    }
    return node;
  }

  /** How many tickets have a smaller number. */
  static int ahead(@Nullable Node tree, long number) {
    int count = 0;
    Node node = tree;
    while (node != null) {
      if (number <= node.number) {
        node = node.left;
      } else {
        count += size(node.left) + 1;
        node = node.right;
      }
    }
    return count;
  }

  /** Calls the action with every node, in order. */
  static void forEach(@Nullable Node tree, Consumer<? super Node> action) {
    if (tree != null) {
      forEach(tree.left, action);
      action.accept(tree);
      forEach(tree.right, action);
    }
  }

  /** The tree with one more ticket, whose number is the largest, at its end. */
  static Node append(@Nullable Node tree, Ticket ticket, boolean granted) {
    return tree == null
        ? new Node(null, ticket, granted, null)
        : balanced(tree.left, tree, append(tree.right, ticket, granted));
  }

  /** The tree without the ticket of this number, or an equal one if there is none. */
  static @Nullable Node remove(@Nullable Node tree, long number) {
    if (tree == null) {
      return null;
    }
    long here = tree.number;
    if (number < here) {
      return balanced(remove(tree.left, number), tree, tree.right);
    }
    if (number > here) {
      return balanced(tree.left, tree, remove(tree.right, number));
    }
    return glued(tree.left, tree.right);
  }

  /** The tree with this ticket, and its being granted or not, in place of the one it succeeds. */
  static @Nullable Node replace(@Nullable Node tree, Ticket ticket, boolean granted) {
    if (tree == null) {
      return null;
    }
    long here = tree.number;
    if (ticket.number() < here) {
      return new Node(replace(tree.left, ticket, granted), tree.ticket, tree.granted, tree.right);
    }
    if (ticket.number() > here) {
      return new Node(tree.left, tree.ticket, tree.granted, replace(tree.right, ticket, granted));
    }
    return new Node(tree.left, ticket, granted, tree.right);
  }

  /**
   * The tree in which every waiting ticket is granted that the rule grants; adds those to the list,
   * in order. Only paths that lead to one of them are walked: k of n tickets cost k log n.
   */
  static @Nullable Node settle(
      @Nullable Node tree, long weightsAhead, long nowMillis, List<Ticket> newlyGranted) {
    if (tree == null || weightsAhead + tree.shortfall > 0) {
      return tree;
    }
    Node left = settle(tree.left, weightsAhead, nowMillis, newlyGranted);
    long ahead = weightsAhead + weight(tree.left);
    Ticket ticket = tree.ticket;
    boolean granted = tree.granted;
    if (!granted && Rule.granted(ahead, Rule.room(ticket))) {
      ticket = ticket.grantedAt(nowMillis);
      granted = true;
      newlyGranted.add(ticket);
    }
    Node right = settle(tree.right, ahead + Rule.weighs(ticket), nowMillis, newlyGranted);
    return new Node(left, ticket, granted, right);
  }

  private static @Nullable Node glued(@Nullable Node left, @Nullable Node right) {
    if (left == null) {
      return right;
    }
    if (right == null) {
      return left;
    }
    if (left.size > right.size) {
      Node last = left;
      while (last.right != null) {
        last = last.right;
      }
      return balanced(remove(left, last.number), last, right);
    }
    Node first = right;
    while (first.left != null) {
      first = first.left;
    }
    return balanced(left, first, remove(right, first.number));
  }

  /** A balanced tree of both sides and the middle's ticket; the sides may be off by one ticket. */
  private static Node balanced(@Nullable Node left, Node middle, @Nullable Node right) {
    int onLeft = size(left);
    int onRight = size(right);
    if (onLeft + onRight > 1) {
      if (right != null && onRight > DELTA * onLeft) {
        return rotatedLeft(left, middle, right);
      }
      if (left != null && onLeft > DELTA * onRight) {
        return rotatedRight(left, middle, right);
      }
    }
    return node(left, middle, right);
  }

  private static Node rotatedLeft(@Nullable Node left, Node middle, Node right) {
    Node inner = right.left;
    if (inner == null || inner.size < GAMMA * size(right.right)) {
      return node(node(left, middle, inner), right, right.right);
    }
    return node(node(left, middle, inner.left), inner, node(inner.right, right, right.right));
  }

  private static Node rotatedRight(Node left, Node middle, @Nullable Node right) {
    Node inner = left.right;
    if (inner == null || inner.size < GAMMA * size(left.left)) {
      return node(left.left, left, node(inner, middle, right));
    }
    return node(node(left.left, left, inner.left), inner, node(inner.right, middle, right));
  }

  private static Node node(@Nullable Node left, Node middle, @Nullable Node right) {
    return new Node(left, middle.ticket, middle.granted, right);
  }
}
