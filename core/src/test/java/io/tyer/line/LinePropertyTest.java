package io.tyer.line;

import io.tyer.line.Line.Standing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random sequences on the line and on its naive model, and what follows from the rule: exclusion
 * (S1), numbers that only rise (S2), order (S4).
 */
class LinePropertyTest {

  private static final int SEQUENCES = 1_000;
  private static final int STEPS = 60;

  @Test
  void theLineIsWhatItsWordsSay() {
    for (int i = 0; i < SEQUENCES; i++) {
      RandomWalk walk = new RandomWalk(i, 55);
      for (int step = 0; step < STEPS; step++) {
        walk.step();
        grantedOnesFitTogether(walk);
      }
    }
  }

  @Test
  void longLinesAreNoDifferent() {
    for (int i = 0; i < 8; i++) {
      RandomWalk walk = new RandomWalk(i, 88);
      for (int step = 0; step < 400; step++) {
        walk.step();
      }
    }
  }

  @Test
  void noSmallerSetBlocks() {
    for (int i = 0; i < SEQUENCES; i++) {
      RandomWalk walk = new RandomWalk(i, 60);
      for (int step = 0; step < STEPS / 3; step++) {
        walk.step();
        Ticket waiting = someWaiting(walk);
        if (waiting != null && walk.model.ahead(waiting).size() <= 8) {
          blockersAreFewest(walk, waiting);
        }
      }
    }
  }

  @Test
  void aTicketWaitsWhileItsBlockersStay() {
    for (int i = 0; i < SEQUENCES; i++) {
      RandomWalk walk = new RandomWalk(i, 65);
      for (int step = 0; step < STEPS; step++) {
        walk.step();
      }
      Ticket waiting = someWaiting(walk);
      if (waiting != null) {
        waitsWhileBlockersStay(walk, waiting);
      }
    }
  }

  private static void grantedOnesFitTogether(RandomWalk walk) {
    List<Ticket> tickets = walk.line.tickets();
    List<Ticket> granted =
        tickets.stream().filter(ticket -> walk.line.isGranted(ticket.number())).toList();
    boolean exclusive = granted.stream().anyMatch(Ticket::exclusive);
    walk.expect(exclusive && granted.size() > 1, false, "an exclusive ticket is granted alone");
    walk.expect(granted.isEmpty(), tickets.isEmpty(), "the first ticket is granted");
    int capacity = walk.asks.uniformCapacity;
    if (capacity > 0) {
      walk.expect(granted, tickets.subList(0, granted.size()), "granted in order");
      long weights = granted.stream().mapToLong(Ticket::weight).sum();
      walk.expect(weights <= capacity, true, "what is granted fits the capacity");
    }
  }

  private static @Nullable Ticket someWaiting(RandomWalk walk) {
    List<Ticket> waiting =
        walk.line.tickets().stream().filter(t -> !walk.line.isGranted(t.number())).toList();
    return waiting.isEmpty() ? null : waiting.get(walk.random.nextInt(waiting.size()));
  }

  private static List<Ticket> blockersOf(Line line, Ticket waiting) {
    return ((Standing.Waiting) line.check(waiting.number())).blockers();
  }

  private static void blockersAreFewest(RandomWalk walk, Ticket waiting) {
    List<Ticket> ahead = walk.model.ahead(waiting);
    List<Ticket> blockers = blockersOf(walk.line, waiting);
    walk.expect(ahead.containsAll(blockers), true, "blockers are ahead");
    walk.expect(NaiveLine.fits(blockers, waiting), false, "blockers alone block");
    for (int set = 0; set < 1 << ahead.size(); set++) {
      if (Integer.bitCount(set) < blockers.size()) {
        List<Ticket> fewer = new ArrayList<>();
        for (int i = 0; i < ahead.size(); i++) {
          if ((set & 1 << i) != 0) {
            fewer.add(ahead.get(i));
          }
        }
        walk.expect(NaiveLine.fits(fewer, waiting), true, fewer + " are fewer than " + blockers);
      }
    }
  }

  private static void waitsWhileBlockersStay(RandomWalk walk, Ticket waiting) {
    Line line = walk.line;
    List<Ticket> blockers = blockersOf(line, waiting);
    List<Ticket> others = new ArrayList<>(line.tickets());
    others.removeAll(blockers);
    others.remove(waiting);
    Collections.shuffle(others, walk.random);
    RandomAsks asks = RandomAsks.mixed(walk.random);
    for (Ticket other : others) {
      line = line.leave(other.number(), 0).line();
      line = line.enter(asks.next(), 0, 0).line();
      walk.expect(line.isGranted(waiting.number()), false, waiting + " passes " + blockers);
    }
    Ticket any = blockers.get(walk.random.nextInt(blockers.size()));
    line = line.leave(any.number(), 0).line();
    walk.expect(line.isGranted(waiting.number()), true, "nothing else is ahead of it by now");
  }
}
