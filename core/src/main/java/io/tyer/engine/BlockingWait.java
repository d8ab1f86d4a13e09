package io.tyer.engine;

import io.tyer.Lease;
import io.tyer.WaitTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread that waits for its lease. It only parks; all else happens in threads that bring events.
 */
final class BlockingWait implements Waiter.End {

  private static final Object BUSY = new Object();

  private final Engine engine;
  private final Wanted wanted;
  private final Thread thread = Thread.currentThread();
  private volatile @Nullable Object outcome;

  private BlockingWait(Engine engine, Wanted wanted) {
    this.engine = engine;
    this.wanted = wanted;
  }

  /**
   * Acquires for the current thread.
   *
   * @param waitNanos how long to wait in line; 0 for a try
   * @return empty if busy, or not granted in time
   */
  static Optional<Lease> acquire(Engine engine, Wanted wanted, long waitNanos)
      throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    HeldLease kept = engine.takeKept(wanted, Thread.currentThread());
    return kept != null
        ? Optional.of(reported(engine, kept))
        : new BlockingWait(engine, wanted).run(waitNanos, true);
  }

  /** The same, but an interrupt does not end the wait; the flag is set again on return. */
  static Optional<Lease> acquireUninterruptibly(Engine engine, Wanted wanted, long waitNanos) {
    HeldLease kept = engine.takeKept(wanted, Thread.currentThread());
    if (kept != null) {
      return Optional.of(reported(engine, kept));
    }
    boolean interrupted = Thread.interrupted();
    try {
      return new BlockingWait(engine, wanted).run(waitNanos, false);
    } catch (InterruptedException e) {
      throw new IllegalStateException("not interruptible", e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** An acquire without a time-out of its own. */
  static Lease unbounded(Engine engine, Wanted wanted) throws InterruptedException {
    Duration longest = engine.settings().longestWait();
    return acquire(engine, wanted, longestNanos(longest))
        .orElseThrow(() -> new WaitTimeoutException(wanted.name().text(), longest));
  }

  static Lease unboundedUninterruptibly(Engine engine, Wanted wanted) {
    Duration longest = engine.settings().longestWait();
    return acquireUninterruptibly(engine, wanted, longestNanos(longest))
        .orElseThrow(() -> new WaitTimeoutException(wanted.name().text(), longest));
  }

  static long longestNanos(Duration longestWait) {
    return longestWait.isZero() ? Nanos.LONGEST : Nanos.of(longestWait);
  }

  private Optional<Lease> run(long waitNanos, boolean interruptible) throws InterruptedException {
    engine.requireOpen();
    long start = engine.now();
    boolean onlyIfFree = waitNanos <= 0;
    Waiter waiter = new Waiter(wanted, onlyIfFree, start, thread, this);
    // A store that blocks must not delay the end of a wait: it is then asked from another thread.
    boolean bounded = !onlyIfFree && waitNanos < Nanos.LONGEST;
    Effects effects = bounded ? Effects.withoutBlocking() : Effects.here();
    engine.acquire(wanted.name(), waiter, effects);
    effects.run();
    // A try waits for the store's answer, which the engine bounds.
    long patience = onlyIfFree ? Nanos.LONGEST : waitNanos;
    boolean interrupted = false;
    boolean withdrawn = false;
    while (outcome == null) {
      long left = withdrawn ? Nanos.LONGEST : patience - (engine.now() - start);
      if (left > 0) {
        LockSupport.parkNanos(this, left);
      }
      if (Thread.interrupted()) {
        interrupted = true;
        if (interruptible && !withdrawn && outcome == null) {
          withdrawn = true;
          if (withdraw(waiter, Lane.Withdrawal.CANCELLED)) {
            throw new InterruptedException();
          }
        }
      } else if (outcome == null && !withdrawn && engine.now() - start >= patience) {
        // When it fails the outcome is decided, and on its way to this thread.
        withdrawn = true;
        withdraw(waiter, Lane.Withdrawal.TIMED_OUT);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return result();
  }

  private boolean withdraw(Waiter waiter, Lane.Withdrawal why) {
    Effects effects = Effects.withoutBlocking();
    boolean withdrawn = engine.withdraw(wanted.name(), waiter, why, effects);
    effects.run();
    return withdrawn;
  }

  private Optional<Lease> result() {
    Object known = outcome;
    if (known instanceof HeldLease lease) {
      return Optional.of(reported(engine, lease));
    }
    if (known instanceof RuntimeException failure) {
      throw failure;
    }
    return Optional.empty();
  }

  private static Lease reported(Engine engine, HeldLease lease) {
    return engine.settings().reportUnclosed()
        ? ReportedLease.around(lease, new Throwable("acquired here"))
        : lease;
  }

  @Override
  public void granted(HeldLease lease) {
    finish(lease);
  }

  @Override
  public void busy() {
    finish(BUSY);
  }

  @Override
  public void failed(RuntimeException failure) {
    finish(failure);
  }

  private void finish(Object known) {
    outcome = known;
    if (Thread.currentThread() != thread) {
      LockSupport.unpark(thread);
    }
  }
}
