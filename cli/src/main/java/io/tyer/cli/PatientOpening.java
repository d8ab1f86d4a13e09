package io.tyer.cli;

import io.tyer.DurationText;
import io.tyer.OutcomeUnknownException;
import io.tyer.StoreUnreachableException;
import io.tyer.Tyer;
import io.tyer.TyerException;
import io.tyer.command.Exit;
import io.tyer.command.Refusal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens the client of a command that would wait for its lock: where many start at once, the store
 * may not answer in time, and whoever would wait for a lock rather waits for the store, too.
 */
final class PatientOpening {

  /** For those who wait as long as it takes: nobody waits for ever for a store that is gone. */
  private static final Duration UNBOUNDED = Duration.ofMinutes(1);

  private static final long FIRST_PAUSE_MILLIS = 200;
  private static final long LONGEST_PAUSE_MILLIS = 3200;

  private final Duration limit;
  private final WaitingLine.Style style;
  private final Screen screen;
  private final long begin = System.nanoTime();
  private boolean waited;

  /**
   * Begins to count.
   *
   * @param patience how long the command waits for its lock, null for as long as it takes
   */
  PatientOpening(@Nullable Duration patience, WaitingLine.Style style, Screen screen) {
    this.limit = patience == null ? UNBOUNDED : patience;
    this.style = style;
    this.screen = screen;
  }

  /** Tries until there is one, or until the time is over; then it is said why. */
  Tyer open(Supplier<Tyer> attempt) throws InterruptedException {
    long pause = FIRST_PAUSE_MILLIS;
    CountDownLatch never = new CountDownLatch(1);
    try {
      for (int tries = 1; true; tries++) {
        try {
          return attempt.get();
        } catch (StoreUnreachableException | OutcomeUnknownException e) {
          long left = limit.toMillis() - elapsedMillis();
          if (left <= 0) {
            throw tries == 1 ? e : gaveUp(tries, e);
          }
          waited = true;
          tell(e, left);
          // Whoever came at the same time comes again at another.
          long wait = Math.min(left, ThreadLocalRandom.current().nextLong(pause / 2, pause));
          boolean unused = never.await(wait, TimeUnit.MILLISECONDS);
          pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
      }
    } finally {
      screen.clearStatus();
    }
  }

  /** What is left of the patience for the lock itself: all of it if the store was there. */
  Duration left(Duration patience) {
    if (!waited) {
      return patience;
    }
    Duration left = patience.minusMillis(elapsedMillis());
    return left.isNegative() ? Duration.ZERO : left;
  }

  private long elapsedMillis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
  }

  private void tell(TyerException why, long leftMillis) {
    String text =
        "waiting for the store, for "
            + DurationText.format(Duration.ofSeconds(Math.max(1, leftMillis / 1000)))
            + " at most: "
            + why.getMessage();
    if (style.capable() && Terminal.isStandardError()) {
      screen.status(text);
    } else if (style.verbose()) {
      screen.say(text);
    }
  }

  private static Refusal gaveUp(int tries, TyerException last) {
    return new Refusal(Exit.UNREACHABLE, last.getMessage() + " (tried " + tries + " times)", last);
  }
}
