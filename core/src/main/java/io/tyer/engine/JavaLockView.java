package io.tyer.engine;

import io.tyer.JavaLock;
import io.tyer.Lease;
import io.tyer.LeaseLostException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reentrant, thread-owned view of a lock. A name's read and write view share a thread's hold.
 */
final class JavaLockView implements JavaLock {

  private static final Logger log = LoggerFactory.getLogger(JavaLockView.class);

  /** As of {@link java.util.concurrent.locks.ReentrantReadWriteLock} until Java 24. */
  private static final int MOST_HOLDS = 65_535;

  private final Client engine;
  private final Wanted wanted;
  private final JavaHolds holds;
  private final boolean write;

  JavaLockView(Client engine, Wanted wanted, JavaHolds holds) {
    this.engine = engine;
    this.wanted = wanted;
    this.holds = holds;
    this.write = wanted.mode().exclusive();
  }

  @Override
  public void lock() {
    refuseToWaitForItself();
    if (!reenter()) {
      enter(BlockingWait.unboundedUninterruptibly(engine, wanted));
    }
  }

  @Override
  public void lockInterruptibly() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    refuseToWaitForItself();
    if (!reenter()) {
      enter(BlockingWait.unbounded(engine, wanted));
    }
  }

  @Override
  public boolean tryLock() {
    return !readsOnly()
        && (reenter() || enter(BlockingWait.acquireUninterruptibly(engine, wanted, 0)));
  }

  @Override
  public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
    long nanos = unit.toNanos(time);
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return !readsOnly() && (reenter() || enter(BlockingWait.acquire(engine, wanted, nanos)));
  }

  private boolean enter(Optional<Lease> lease) {
    lease.ifPresent(this::enter);
    return lease.isPresent();
  }

  private void enter(Lease lease) {
    count(holds.add(wanted.name(), lease), 1);
    Flow.bind(lease);
  }

  /** Enters under what the thread holds already; false if it holds nothing. */
  private boolean reenter() {
    JavaHolds.Hold hold = holds.mine(wanted.name());
    if (hold == null) {
      return false;
    }
    hold.lease.checkValid();
    count(hold, 1);
    return true;
  }

  /** Whether this thread holds the read lock only, and this is the write lock. */
  private boolean readsOnly() {
    JavaHolds.Hold hold = write ? holds.mine(wanted.name()) : null;
    return hold != null && hold.writes == 0;
  }

  private void refuseToWaitForItself() {
    if (readsOnly()) {
      throw new IllegalStateException(
          "this thread holds the read lock "
              + wanted.name()
              + " and asks for the write lock: it would wait for itself. Unlock the read lock"
              + " first");
    }
  }

  private void count(JavaHolds.Hold hold, int change) {
    if (change > 0 && held(hold) == MOST_HOLDS) {
      throw new Error("Maximum lock count exceeded");
    }
    if (write) {
      hold.writes += change;
    } else {
      hold.reads += change;
    }
  }

  @Override
  public void unlock() {
    JavaHolds.Hold hold = holds.mine(wanted.name());
    if (held(hold) == 0 || hold == null) {
      throw new IllegalMonitorStateException(
          "this thread does not hold the " + (write ? "" : "read ") + "lock " + wanted.name());
    }
    if (hold.writes == 1 && write && hold.reads > 0) {
      count(hold, -1);
      downgrade(hold.lease);
      return;
    }
    count(hold, -1);
    if (hold.writes == 0 && hold.reads == 0) {
      holds.remove(wanted.name());
      Flow.unbind();
      LeaseLostException lost = lost(hold.lease);
      hold.lease.close();
      if (lost != null) {
        throw lost;
      }
    }
  }

  /** To stay exclusive in the store is safe, and all that is left if it does not answer. */
  private void downgrade(Lease lease) {
    try {
      lease.downgrade();
    } catch (RuntimeException e) {
      log.warn("the write lock {} could not be downgraded; it stays exclusive", wanted.name(), e);
    }
  }

  private static @Nullable LeaseLostException lost(Lease lease) {
    try {
      lease.checkValid();
      return null;
    } catch (LeaseLostException e) {
      return e;
    } catch (RuntimeException e) {
      return null;
    }
  }

  private int held(JavaHolds.@Nullable Hold hold) {
    if (hold == null) {
      return 0;
    }
    return write ? hold.writes : hold.reads;
  }

  @Override
  public Optional<Lease> lease() {
    JavaHolds.Hold hold = holds.mine(wanted.name());
    return hold == null || held(hold) == 0 ? Optional.empty() : Optional.of(hold.lease);
  }

  @Override
  public int holdCount() {
    return held(holds.mine(wanted.name()));
  }

  @Override
  public Condition newCondition() {
    throw new UnsupportedOperationException(
        "a distributed lock has no conditions: nobody could signal across machines reliably");
  }

  @Override
  public String toString() {
    return String.format(
        "%s %s in %s[%s]",
        write ? "java lock" : "java read lock",
        wanted.name(),
        engine.description(),
        write ? holds.writer(wanted.name()) : holds.readers(wanted.name()));
  }
}
