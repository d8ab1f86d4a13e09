package io.tyer.testkit.torture;

import io.tyer.LossCause;
import io.tyer.testkit.history.Event;
import io.tyer.testkit.history.What;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Whether so much happened in a run that its passing means something. */
final class Substance {

  private static final long SECOND = 1_000_000_000;

  private static final long LAST_MILLIS = 4_000;

  /** Who is paused may hold nothing just then; but not each time. */
  private static final int ENOUGH_PAUSES = 8;

  /** While one of these strikes a server may serve nobody. */
  private static final Set<FaultKind> AWAY =
      EnumSet.of(
          FaultKind.SERVER_KILL,
          FaultKind.SERVER_PAUSE,
          FaultKind.SERVER_PARTITION,
          FaultKind.SERVER_KILL_ALL);

  private final List<Event> events;
  private final Map<What, Integer> counts = new EnumMap<>(What.class);
  private final List<String> missing = new ArrayList<>();

  private Substance(List<Event> events) {
    this.events = new ArrayList<>(events);
    this.events.sort(Comparator.comparingLong(Event::at));
    events.forEach(event -> counts.merge(event.what(), 1, Integer::sum));
  }

  /** What did not happen and should have. */
  static List<String> missing(
      List<Event> events, TorturePlan plan, List<Blow> planned, Map<FaultKind, Integer> struck) {
    Substance substance = new Substance(events);
    substance.atLeast(What.GRANTED, (int) (plan.workers() * plan.time().toSeconds()));
    substance.atLeast(What.BUSY, plan.workers());
    substance.atLeast(What.VALID, 2 * plan.workers());
    substance.handedOver(3 * (int) Math.min(20, plan.time().toSeconds()));
    substance.throughout(plan.time());
    substance.resource();
    // What comes at the very end may find another fault in its place.
    long end = plan.time().toMillis() - LAST_MILLIS;
    substance.faults(planned.stream().filter(blow -> blow.atMillis() < end).toList(), struck);
    return substance.missing;
  }

  /** Which of the faults that could be had the run was too short for. */
  static Set<FaultKind> withoutTheirTurn(Set<FaultKind> available, List<Blow> planned) {
    Set<FaultKind> left = new TreeSet<>(available);
    planned.forEach(blow -> left.remove(blow.kind()));
    return left;
  }

  private void atLeast(What what, int least) {
    int count = counts.getOrDefault(what, 0);
    if (count < least) {
      missing.add("only " + count + " events " + what + "; at least " + least + " were expected");
    }
  }

  /** Exclusive grants to another client than the one before, which exclusion is about. */
  private void handedOver(int least) {
    Map<String, Integer> last = new HashMap<>();
    int count = 0;
    for (Event event : events) {
      if (event.what() == What.GRANTED && event.weight() == 0) {
        Integer before = last.put(event.name(), event.process());
        if (before != null && before != event.process()) {
          count++;
        }
      }
    }
    if (count < least) {
      missing.add(
          "an exclusive lock went from one client to another only "
              + count
              + " times; at least "
              + least
              + " were expected");
    }
  }

  /**
   * Grants in each third of the time, so that faults met holders; but not where the server was away
   * for most of a third.
   */
  private void throughout(Duration time) {
    if (events.isEmpty()) {
      return;
    }
    long start =
        events.stream()
            .filter(event -> event.what() == What.GRANTED)
            .mapToLong(Event::at)
            .findFirst()
            .orElse(events.get(0).at());
    Set<Long> thirds = new HashSet<>();
    for (Event event : events) {
      if (event.what() == What.GRANTED) {
        thirds.add((event.at() - start) * 3 / time.toNanos());
      }
    }
    FaultTimes away = FaultTimes.of(events, AWAY, 0);
    long length = time.toNanos() / 3;
    for (long third = 0; third < 3; third++) {
      long from = start + third * length;
      if (!thirds.contains(third) && 2 * away.within(from, from + length) <= length) {
        missing.add("nothing was granted in third " + (third + 1) + " of the run");
      }
    }
  }

  private void resource() {
    long accepted =
        events.stream()
            .filter(
                event -> event.process() == ResourceServer.PROCESS && event.what() == What.ACCEPTED)
            .count();
    if (accepted == 0) {
      missing.add("the resource has accepted no write");
    }
  }

  private void faults(List<Blow> planned, Map<FaultKind, Integer> struck) {
    Set<FaultKind> kinds = new HashSet<>();
    planned.forEach(blow -> kinds.add(blow.kind()));
    for (FaultKind kind : kinds) {
      if (!struck.containsKey(kind)) {
        missing.add("the fault " + kind.label() + " was planned and has never struck");
      }
    }
    if (struck.getOrDefault(FaultKind.PAUSE, 0) >= ENOUGH_PAUSES && !lostByPause()) {
      missing.add("workers were paused beyond their TTL, and no lease of theirs was lost by it");
    }
    if (struck.containsKey(FaultKind.KILL) && !counts.containsKey(What.KILLED)) {
      missing.add("workers were to be killed, and none that had a client was");
    }
  }

  /** Whether a client whose process was paused was told that a lease could not be proved. */
  private boolean lostByPause() {
    Set<Integer> paused = new HashSet<>();
    for (Event event : events) {
      if (event.what() == What.PAUSED) {
        paused.add(event.process());
      } else if (event.what() == What.LOST
          && event.note().equals(LossCause.UNPROVED.name())
          && paused.contains(event.process())) {
        return true;
      }
    }
    return false;
  }

  /** For the report. */
  static String summary(List<Event> events) {
    Substance substance = new Substance(events);
    double seconds =
        events.isEmpty()
            ? 0
            : (substance.events.get(events.size() - 1).at() - substance.events.get(0).at())
                / (double) SECOND;
    return String.format("%d events in %.1f s: %s", events.size(), seconds, substance.counts);
  }
}
