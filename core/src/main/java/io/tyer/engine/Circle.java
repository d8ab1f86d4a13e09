package io.tyer.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Waits of which each is in the way of the one before, and the first in the way of the last.
 *
 * <p>Edges are read one after the other, and a wait or a hold may end meanwhile. But only waits
 * that were known before count, and whoever waits acquires nothing: each wait, and each hold of a
 * thread that waits, was there when the last of them became known. So whatever is found stood then,
 * all of it. It may have ended since by itself, as by a time-out.
 */
final class Circle {

  /** What can be read of waits and holds, each by itself. */
  interface Seen {

    /** What a thread waits for; null if it does not, as far as is known. */
    @Nullable FlowWait of(Thread thread);

    /** What by itself keeps a wait from its end; nothing if it has ended. */
    List<Holding> blockersOf(FlowWait wait);
  }

  /**
   * One edge.
   *
   * @param waiting who waits
   * @param inTheWay what it waits for, by which the next member holds it
   */
  record Edge(FlowWait waiting, Holding inTheWay) {}

  /** A wait, and what is in its way that has not been followed yet. */
  private record Visit(FlowWait waiting, Iterator<Holding> blockers) {}

  private final List<Edge> edges;

  private Circle(List<Edge> edges) {
    this.edges = edges;
  }

  /**
   * The circle that a wait closes: of several that are in it, the one that became known last. Who
   * becomes known later looks for itself.
   *
   * @return null if there is none
   */
  static @Nullable Circle closedBy(FlowWait last, Seen seen) {
    List<Edge> edges = path(last, seen);
    return edges.isEmpty() ? null : new Circle(edges);
  }

  private static List<Edge> path(FlowWait last, Seen seen) {
    Deque<Visit> visits = new ArrayDeque<>();
    List<Edge> path = new ArrayList<>();
    Set<FlowWait> visited = new HashSet<>();
    visits.push(new Visit(last, seen.blockersOf(last).iterator()));
    while (!visits.isEmpty()) {
      Visit at = visits.getFirst();
      if (!at.blockers().hasNext()) {
        visits.pop();
        if (!path.isEmpty()) {
          path.remove(path.size() - 1);
        }
        continue;
      }
      Holding inTheWay = at.blockers().next();
      Thread holder = inTheWay.thread();
      FlowWait next = holder == null ? null : seen.of(holder);
      if (next != null && next.number() <= last.number() && visited.add(next)) {
        path.add(new Edge(at.waiting(), inTheWay));
        if (next.equals(last)) {
          return path;
        }
        visits.push(new Visit(next, seen.blockersOf(next).iterator()));
      }
    }
    return List.of();
  }

  /** From the wait that closed it. */
  List<Edge> edges() {
    return edges;
  }

  /** Whether a thread waits for itself alone. */
  boolean ofOne() {
    return edges.size() == 1;
  }

  /** A hold that another thread than its own might give back; null if there is none. */
  @Nullable Edge unbound() {
    return edges.stream().filter(edge -> !edge.inTheWay().ofOneThread()).findFirst().orElse(null);
  }
}
