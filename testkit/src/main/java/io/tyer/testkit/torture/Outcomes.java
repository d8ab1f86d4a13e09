package io.tyer.testkit.torture;

import io.tyer.testkit.history.Event;
import io.tyer.testkit.history.What;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How acquires ended: what they threw, and whether those with a limit kept it (promise L2). */
final class Outcomes {

  private static final Pattern LIMIT = Pattern.compile(" (\\d+) ms$");

  /** The note of an acquire that was interrupted. */
  static final String INTERRUPTED = "interrupted";

  private static final long MILLI = 1_000_000;

  /** While a fault is felt: three operations' time-outs, a connect time-out, a busy machine. */
  private static final long GRACE = 10_000 * MILLI;

  /** While none is: for a busy machine. */
  private static final long GRACE_WITHOUT_FAULTS = 5_000 * MILLI;

  /** The longest operation time-out of a worker's client. */
  private static final long LONGEST_OPERATION = WorkerRun.LONGEST_OPERATION_TIMEOUT_MILLIS * MILLI;

  /** How long a worker waits for the resource. */
  private static final long WRITE_PATIENCE = ResourceClient.PATIENCE_MILLIS * MILLI;

  private Outcomes() {}

  /** How many acquires ended with which exception. */
  static Map<String, Integer> exceptions(List<Event> events) {
    Map<String, Integer> counts = new TreeMap<>();
    for (Event event : events) {
      if (event.what() == What.FAILED || event.what() == What.UNKNOWN) {
        int end = event.note().indexOf(':');
        counts.merge(end < 0 ? event.note() : event.note().substring(0, end), 1, Integer::sum);
      }
    }
    return counts;
  }

  /** Refusals while nothing was wrong with the store's disk. */
  static List<String> refusals(List<Event> events) {
    FaultTimes ofDisk =
        FaultTimes.of(
            events, EnumSet.of(FaultKind.READ_ONLY, FaultKind.DISK_FULL), LONGEST_OPERATION);
    return events.stream()
        .filter(event -> event.note().startsWith("StoreRefusedException"))
        .filter(event -> !ofDisk.touch(event.at(), event.at()))
        .map(
            event ->
                "client "
                    + event.process()
                    + ", acquire "
                    + event.operation()
                    + " of "
                    + event.name()
                    + ": "
                    + event.note())
        .limit(5)
        .toList();
  }

  /**
   * Acquires that returned long after their time-out, though their process ran.
   *
   * @param ttl the longest of the clients, in nanoseconds
   */
  static List<String> late(List<Event> events, long ttl) {
    FaultTimes faults =
        FaultTimes.of(events, EnumSet.allOf(FaultKind.class), LONGEST_OPERATION + ttl);
    List<Event> sorted = new ArrayList<>(events);
    sorted.sort(Comparator.comparingLong(Event::at));
    Map<Integer, Long> stopped = new HashMap<>();
    Map<Integer, Long> since = new HashMap<>();
    Map<String, Call> calls = new HashMap<>();
    List<String> late = new ArrayList<>();
    for (Event event : sorted) {
      String key = event.process() + " " + event.operation();
      switch (event.what()) {
        case PAUSED -> since.put(event.process(), event.at());
        case RESUMED -> {
          Long from = since.remove(event.process());
          stopped.merge(event.process(), from == null ? 0 : event.at() - from, Long::sum);
        }
        case ACQUIRE -> {
          Matcher limit = LIMIT.matcher(event.note());
          if (limit.find()) {
            calls.put(
                key,
                new Call(
                    event,
                    Long.parseLong(limit.group(1)) * MILLI,
                    stoppedUntil(event, stopped, since)));
          }
        }
        case GRANTED, BUSY, FAILED, UNKNOWN -> {
          Call call = calls.remove(key);
          if (call != null) {
            long stop = stoppedUntil(event, stopped, since) - call.stoppedBefore();
            long took = event.at() - call.event().at() - stop;
            boolean disturbed = faults.touch(call.event().at(), event.at());
            if (took > call.limit() + (disturbed ? GRACE : GRACE_WITHOUT_FAULTS)) {
              late.add(call.words(event, took));
            }
          }
        }
        default -> {}
      }
    }
    return late;
  }

  /** A process goes on a little before it is noted that it was let go on. */
  private static long stoppedUntil(
      Event event, Map<Integer, Long> stopped, Map<Integer, Long> since) {
    Long from = since.get(event.process());
    return stopped.getOrDefault(event.process(), 0L) + (from == null ? 0 : event.at() - from);
  }

  /**
   * Writes without an answer while nothing disturbed anybody, if they are most: a resource that is
   * slow, on a busy machine, is not gone.
   */
  static List<String> unanswered(List<Event> events) {
    FaultTimes faults = FaultTimes.of(events, EnumSet.allOf(FaultKind.class), WRITE_PATIENCE);
    long writes = 0;
    List<Event> unanswered = new ArrayList<>();
    for (Event event : events) {
      if (event.what() == What.WRITE) {
        writes++;
      } else if (event.what() == What.UNANSWERED
          && !faults.touch(event.at() - WRITE_PATIENCE, event.at())) {
        unanswered.add(event);
      }
    }
    return unanswered.size() <= 2 + writes / 2
        ? List.of()
        : List.of(
            unanswered.size()
                + " of "
                + writes
                + " writes were not answered while there was no fault; the first: "
                + unanswered.get(0));
  }

  /**
   * Acquires that were called before that instant, when all was healed, and were not served though
   * they could be: have not returned, or wait without limit and returned without a lease when no
   * fault was felt any more.
   */
  static List<String> pending(List<Event> events, long before) {
    Map<String, Event> open = new LinkedHashMap<>();
    Set<Integer> gone = new HashSet<>();
    for (Event event : events) {
      String key = event.process() + " " + event.operation();
      switch (event.what()) {
        case ACQUIRE -> {
          if (event.at() - before < 0) {
            open.put(key, event);
          }
        }
        case GRANTED -> open.remove(key);
        case BUSY, FAILED, UNKNOWN -> {
          Event call = open.get(key);
          if (call != null && mayEndWithoutLease(call, event, before)) {
            open.remove(key);
          }
        }
        case KILLED, ENDED -> gone.add(event.process());
        default -> {}
      }
    }
    return open.values().stream()
        .filter(event -> !gone.contains(event.process()))
        .map(
            event ->
                "client "
                    + event.process()
                    + ", acquire "
                    + event.operation()
                    + " of "
                    + event.name()
                    + " ("
                    + event.note()
                    + ") has not been served")
        .limit(10)
        .toList();
  }

  private static boolean mayEndWithoutLease(Event call, Event end, long healed) {
    return LIMIT.matcher(call.note()).find()
        || end.note().equals(INTERRUPTED)
        || end.note().startsWith("TyerClosedException")
        || (end.what() != What.BUSY
            && end.at() - healed < LONGEST_OPERATION + GRACE_WITHOUT_FAULTS);
  }

  /** An acquire with a limit. */
  private record Call(Event event, long limit, long stoppedBefore) {

    String words(Event outcome, long took) {
      return "client "
          + event.process()
          + ", acquire "
          + event.operation()
          + " of "
          + event.name()
          + " ("
          + event.note()
          + ") returned "
          + outcome.what()
          + " only after "
          + took / MILLI
          + " ms";
    }
  }
}
