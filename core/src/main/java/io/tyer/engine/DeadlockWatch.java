package io.tyer.engine;

import io.tyer.DeadlockException;
import io.tyer.Deadlocks;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once in a blocking wait whether that closes a circle: at once if its thread holds something
 * that it gives back by itself, else after a second, so that who holds nothing pays nothing. A
 * circle is closed by the wait that becomes known last: holds were there before.
 */
final class DeadlockWatch {

  private static final Logger log = LoggerFactory.getLogger(DeadlockWatch.class);
  private static final long LATER_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Client client;
  private final Wanted wanted;
  private final Waiter waiter;
  private final boolean off;
  private @Nullable FlowWait known;

  DeadlockWatch(Client client, Wanted wanted, Waiter waiter) {
    this.client = client;
    this.wanted = wanted;
    this.waiter = waiter;
    this.off = waiter.onlyIfFree || client.settings().deadlocks() == Deadlocks.OFF;
  }

  /** How long after the wait began it is to look; never if that is over, or need not be. */
  long dueNanos() {
    if (off || known != null) {
      return Nanos.LONGEST;
    }
    return Flow.holdsAnything() ? 0 : LATER_NANOS;
  }

  /**
   * Looks.
   *
   * @return what this wait is to end with; null if it goes on
   */
  @Nullable DeadlockException look(NameShell shell) {
    FlowWait wait = FlowWaits.OF_THIS_PROCESS.begin(wanted, waiter, shell);
    known = wait;
    Circle circle = Circle.closedBy(wait, FlowWaits.OF_THIS_PROCESS);
    if (circle == null) {
      return null;
    }
    Circle.Edge unbound = circle.unbound();
    String text = CircleText.of(circle, client.now());
    if (unbound == null && client.settings().deadlocks() == Deadlocks.ON) {
      return new DeadlockException(
          text + ". This wait, which began last, is ended, so that the others go on");
    }
    if (unbound != null && !circle.ofOne()) { // The rules tell a thread that waits for itself.
      log.warn(
          "{}. No wait is ended: another thread may close the lease of lock {}",
          text,
          unbound.waiting().wanted().name());
    } else if (unbound == null) {
      log.warn("{}. No wait is ended, as the option deadlocks says", text);
    }
    return null;
  }

  /** The wait is over. */
  void end() {
    FlowWait wait = known;
    if (wait != null) {
      FlowWaits.OF_THIS_PROCESS.end(wait);
    }
  }
}
