package io.tyer.store.jdbc;

import io.tyer.line.Ticket;
import io.tyer.spi.LineView;
import io.tyer.spi.TicketState;
import java.util.ArrayList;
import java.util.List;

/** What was done in a walk, to be told where the store and the model differ. */
final class WalkLog {

  private static final int TOLD = 16;

  private final long seed;
  private final List<String> done = new ArrayList<>();

  WalkLog(long seed) {
    this.seed = seed;
  }

  void add(String step) {
    done.add(step);
  }

  void expect(boolean condition, String what) {
    if (!condition) {
      List<String> latest = done.subList(Math.max(0, done.size() - TOLD), done.size());
      throw new AssertionError(
          String.format(
              "replay with -Dtyer.seed=%d: step %d, expected: %s; after%n  %s",
              seed, done.size(), what, String.join("\n  ", latest)));
    }
  }

  void same(Object expected, Object found) {
    expect(expected.equals(found), expected + ", not " + found);
  }

  /** Nothing is decided by the time, and different clocks gave it. */
  void same(TicketState expected, TicketState found) {
    TicketState one = timeless(expected);
    TicketState other = timeless(found);
    expect(one.equals(other), one + ", not " + other);
  }

  void same(List<LineView> expected, List<LineView> found) {
    List<LineView> one = expected.stream().map(WalkLog::timeless).toList();
    List<LineView> other = found.stream().map(WalkLog::timeless).toList();
    expect(one.equals(other), "the lines " + one + ", not " + other);
  }

  private static TicketState timeless(TicketState state) {
    if (state instanceof TicketState.Waiting waiting) {
      return new TicketState.Waiting(
          waiting.number(), waiting.ahead(), timeless(waiting.blockers()));
    }
    return state instanceof TicketState.Refused refused
        ? new TicketState.Refused(refused.ahead(), timeless(refused.blockers()))
        : state;
  }

  private static LineView timeless(LineView view) {
    return new LineView(view.name(), timeless(view.tickets()), view.granted());
  }

  private static List<Ticket> timeless(List<Ticket> tickets) {
    return tickets.stream().map(t -> t.grantedAt(0)).toList();
  }
}
