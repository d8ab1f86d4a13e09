package io.tyer.engine;

import io.tyer.line.LockName;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Which tickets may be kept: not too many at a time, and for a while none of a name that other
 * clients keep asking for. The first recall is forgiven; each further one within a while doubles
 * the time in which tickets are asked for without bias.
 */
final class BiasPolicy {

  private static final long FIRST_PAUSE_NANOS = 250_000_000L;
  private static final int MOST_DOUBLINGS = 6;
  private static final long FORGOTTEN_AFTER_NANOS = 10_000_000_000L;

  /** More names than this are not remembered: it costs speed only. */
  private static final int MOST_NAMES = 10_000;

  private static final long BETWEEN_SWEEPS_NANOS = 1_000_000_000L;

  /**
   * So many tickets may be kept at a time: each lies in its line, and is looked at now and then.
   */
  static final int MOST_TICKETS = 1_000;

  private final ConcurrentHashMap<LockName, Interest> interests = new ConcurrentHashMap<>();
  private final AtomicInteger tickets = new AtomicInteger();
  private final AtomicLong sweptNanos;

  BiasPolicy(long now) {
    sweptNanos = new AtomicLong(now - BETWEEN_SWEEPS_NANOS);
  }

  /**
   * How keen others are.
   *
   * @param recalls how often the ticket was recalled of late
   * @param untilNanos until when no ticket is kept
   */
  private record Interest(int recalls, long untilNanos) {

    boolean forgotten(long now) {
      return now - untilNanos > FORGOTTEN_AFTER_NANOS;
    }

    static Interest after(@Nullable Interest before, long now) {
      int recalls = before == null || before.forgotten(now) ? 1 : before.recalls + 1;
      return new Interest(recalls, now + pauseNanos(recalls));
    }

    private static long pauseNanos(int recalls) {
      return recalls == 1 ? 0 : FIRST_PAUSE_NANOS << Math.min(recalls - 2, MOST_DOUBLINGS);
    }
  }

  /** Whether a ticket of this name may be kept. */
  boolean allows(LockName name, long now) {
    if (tickets.get() >= MOST_TICKETS) {
      return false;
    }
    Interest interest = interests.get(name);
    return interest == null || now - interest.untilNanos >= 0;
  }

  /** A ticket was asked for that may be kept. */
  void ticketTaken() {
    tickets.incrementAndGet();
  }

  /** It is gone. */
  void ticketGone() {
    tickets.decrementAndGet();
  }

  /** Another client has asked for this name while its ticket was held or kept under bias. */
  void recalled(LockName name, long now) {
    long swept = sweptNanos.get();
    if (interests.size() >= MOST_NAMES
        && now - swept >= BETWEEN_SWEEPS_NANOS
        && sweptNanos.compareAndSet(swept, now)) {
      interests.values().removeIf(interest -> interest.forgotten(now));
    }
    if (interests.size() < MOST_NAMES || interests.containsKey(name)) {
      interests.compute(name, (n, before) -> Interest.after(before, now));
    }
  }

  /** For tests: how many names are remembered. */
  int size() {
    return interests.size();
  }
}
