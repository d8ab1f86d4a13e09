package io.tyer.engine;

import io.tyer.DeadlockException;
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
  private static final Object CANCELLED = new Object();

  private final Client client;
  private final Wanted wanted;
  private final Thread thread = Thread.currentThread();
  private final HeldLease lease;

  /** The lease, BUSY, CANCELLED or a failure. */
  private volatile @Nullable Object outcome;

  private BlockingWait(Client client, Wanted wanted) {
    this.client = client;
    this.wanted = wanted;
    this.lease = new HeldLease(wanted, thread);
  }

  /**
   * Acquires for the current thread.
   *
   * @param waitNanos how long to wait in line; 0 for a try
   * @return empty if busy, or not granted in time
   */
  static Optional<Lease> acquire(Client client, Wanted wanted, long waitNanos)
      throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    HeldLease kept = client.takeKept(wanted, Thread.currentThread());
    return kept != null
        ? Optional.of(reported(client, kept))
        : new BlockingWait(client, wanted).run(waitNanos, true);
  }

  /** The same, but an interrupt does not end the wait; the flag is set again on return. */
  static Optional<Lease> acquireUninterruptibly(Client client, Wanted wanted, long waitNanos) {
    HeldLease kept = client.takeKept(wanted, Thread.currentThread());
    if (kept != null) {
      return Optional.of(reported(client, kept));
    }
    boolean interrupted = Thread.interrupted();
    try {
      return new BlockingWait(client, wanted).run(waitNanos, false);
    } catch (InterruptedException e) {
      throw new IllegalStateException("not interruptible", e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** An acquire without a time-out of its own. */
  static Lease unbounded(Client client, Wanted wanted) throws InterruptedException {
    Duration longest = client.settings().longestWait();
    return acquire(client, wanted, longestNanos(longest))
        .orElseThrow(() -> new WaitTimeoutException(wanted.name().text(), longest));
  }

  static Lease unboundedUninterruptibly(Client client, Wanted wanted) {
    Duration longest = client.settings().longestWait();
    return acquireUninterruptibly(client, wanted, longestNanos(longest))
        .orElseThrow(() -> new WaitTimeoutException(wanted.name().text(), longest));
  }

  static long longestNanos(Duration longestWait) {
    return longestWait.isZero() ? Nanos.LONGEST : Nanos.of(longestWait);
  }

  private Optional<Lease> run(long waitNanos, boolean interruptible) throws InterruptedException {
    client.requireOpen();
    long start = client.now();
    boolean onlyIfFree = waitNanos <= 0;
    Waiter waiter = new Waiter(wanted, onlyIfFree, start, lease, this);
    // A store that blocks must not delay the end of a wait: it is then asked from another thread.
    boolean bounded = !onlyIfFree && waitNanos < Nanos.LONGEST;
    Chain chain = bounded ? Chain.withoutBlocking() : Chain.here();
    client.acquire(wanted.name(), waiter, lease, chain);
    chain.run();
    // A try waits for the store's answer, which the engine bounds.
    long patience = onlyIfFree ? Nanos.LONGEST : waitNanos;
    DeadlockWatch watch = new DeadlockWatch(client, wanted, waiter);
    try {
      return await(waiter, start, patience, interruptible, watch);
    } finally {
      watch.end();
    }
  }

  private Optional<Lease> await(
      Waiter waiter, long start, long patience, boolean interruptible, DeadlockWatch watch)
      throws InterruptedException {
    boolean interrupted = false;
    boolean withdrawn = false;
    DeadlockException deadlock = null;
    while (outcome == null) {
      long waited = client.now() - start;
      if (!withdrawn && waited >= watch.dueNanos()) {
        deadlock = watch.look(lease.shell());
        if (deadlock != null) {
          withdrawn = true;
          withdraw(waiter, false);
        }
        continue;
      }
      long left = withdrawn ? Nanos.LONGEST : Math.min(patience, watch.dueNanos()) - waited;
      if (left > 0) {
        LockSupport.parkNanos(this, left);
      }
      if (Thread.interrupted()) {
        interrupted = true;
        if (interruptible && !withdrawn && outcome == null) {
          withdrawn = true;
          withdraw(waiter, false);
          if (outcome == CANCELLED) {
            throw new InterruptedException();
          }
        }
      } else if (outcome == null && !withdrawn && client.now() - start >= patience) {
        // When it fails the outcome is decided, and on its way to this thread.
        withdrawn = true;
        withdraw(waiter, true);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (deadlock != null && outcome == CANCELLED) {
      throw deadlock;
    }
    return result();
  }

  private void withdraw(Waiter waiter, boolean timedOut) {
    lease.shell().on(new Event.Withdraw(waiter, timedOut));
  }

  private Optional<Lease> result() {
    Object known = outcome;
    if (known == lease) {
      return Optional.of(reported(client, lease));
    }
    if (known instanceof RuntimeException failure) {
      throw failure;
    }
    return Optional.empty();
  }

  private static Lease reported(Client client, HeldLease lease) {
    return client.settings().reportUnclosed()
        ? ReportedLease.around(lease, new Throwable("acquired here"))
        : lease;
  }

  @Override
  public void granted(LiveSession session) {
    lease.granted(session);
    finish(lease);
  }

  @Override
  public void cancelled() {
    finish(CANCELLED);
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
