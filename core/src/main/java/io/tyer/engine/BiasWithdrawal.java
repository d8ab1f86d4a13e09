package io.tyer.engine;

import io.tyer.line.LockName;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * For which names bias is withdrawn for a while, because other clients keep asking for them. The
 * first recall is forgiven; each further one within a while doubles the time in which tickets are
 * asked for without bias.
 */
final class BiasWithdrawal {

  private static final long FIRST_PAUSE_NANOS = 250_000_000L;
  private static final int MOST_DOUBLINGS = 6;
  private static final long FORGOTTEN_AFTER_NANOS = 10_000_000_000L;

  /** More names than this are not remembered: it costs speed only. */
  private static final int MOST_NAMES = 10_000;

  private final ConcurrentHashMap<LockName, Interest> interests = new ConcurrentHashMap<>();

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
    Interest interest = interests.get(name);
    return interest == null || now - interest.untilNanos >= 0;
  }

  /** Another client has asked for this name while its ticket was held or kept under bias. */
  void recalled(LockName name, long now) {
    if (interests.size() >= MOST_NAMES) {
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
