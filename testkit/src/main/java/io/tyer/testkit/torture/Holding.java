package io.tyer.testkit.torture;

import io.tyer.Lease;
import io.tyer.LeaseLostException;
import io.tyer.OutcomeUnknownException;
import io.tyer.StoreRefusedException;
import io.tyer.StoreUnreachableException;
import io.tyer.testkit.history.What;

/** What is done with one lease between its grant and its release. */
final class Holding {

  private static final long MILLI = 1_000_000;

  /** How often a lease that is held for long is asked whether it is valid. */
  private static final long STEP = 20 * MILLI;

  private static final long CALM_HOLD = 20 * MILLI;

  private final Wish wish;
  private final Lease lease;
  private final OperationLog log;
  private final ResourceClient resource;
  private final Signals signals;
  private final long from = System.nanoTime();
  private boolean exclusive;

  Holding(Wish wish, Lease lease, OperationLog log, ResourceClient resource, Signals signals) {
    this.wish = wish;
    this.lease = lease;
    this.log = log;
    this.resource = resource;
    this.signals = signals;
    this.exclusive = wish.thing().exclusive();
  }

  void work() {
    boolean valid = valid();
    if (wish.writes() && log.token() != 0) {
      write();
    }
    if (wish.thing().kind() == Wish.Kind.DOWNGRADED) {
      downgrade();
    }
    for (long left = left(); valid && left > 0 && !signals.stopped(); left = left()) {
      signals.pause(Math.min(left, STEP));
      valid = wish.heedless() || valid();
    }
    if (wish.writes()) {
      // Whether it is still valid or not: who was stopped and does not look again writes with an
      // old token, and the resource must refuse it.
      write();
    }
    valid();
  }

  private long left() {
    long hold = wish.holdMillis() * MILLI;
    return from + (signals.calm() ? Math.min(hold, CALM_HOLD) : hold) - System.nanoTime();
  }

  private boolean valid() {
    long at = System.nanoTime();
    long left = lease.remaining().toNanos();
    if (left > 0) {
      log.valid(at, left);
      return true;
    }
    // The instant before asking: by now somebody else may hold the lock.
    log.at(at, What.INVALID, "");
    return false;
  }

  private void write() {
    if (!exclusive || wish.token() == Wish.TokenTime.NEVER) {
      return;
    }
    if (log.token() == 0) {
      try {
        log.token(lease.token());
      } catch (LeaseLostException | OutcomeUnknownException e) {
        return; // The next look tells.
      }
    }
    log.now(What.WRITE, "");
    What outcome = resource.write(log, wish.thing().name());
    log.now(outcome, "");
  }

  private void downgrade() {
    exclusive = false;
    log.now(What.DOWNGRADE, "");
    try {
      lease.downgrade();
      log.now(What.DOWNGRADED, "");
    } catch (OutcomeUnknownException | StoreUnreachableException | StoreRefusedException e) {
      // Held one way or the other; from what is written above on, nobody counts it as exclusive.
      valid();
    } catch (LeaseLostException e) {
      valid();
    }
  }
}
