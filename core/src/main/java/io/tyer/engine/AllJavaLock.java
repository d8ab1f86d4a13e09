package io.tyer.engine;

import io.tyer.JavaLock;
import io.tyer.Lease;
import io.tyer.WaitTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * The views of several locks as one. What a thread holds is counted by the single views, so that it
 * may lock one of them again by itself.
 */
final class AllJavaLock implements JavaLock {

  private final Client engine;
  private final String name;
  private final List<JavaLock> parts;

  AllJavaLock(Client engine, String name, List<JavaLock> parts) {
    this.engine = engine;
    this.name = name;
    this.parts = parts;
  }

  /** How a part is locked, with what is left of the time. */
  private interface Way {
    boolean lock(JavaLock part, long leftNanos) throws InterruptedException;
  }

  @Override
  public void lock() {
    Duration longest = engine.settings().longestWait();
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          orTooLong(longest, take(longest, (part, left) -> waitFor(part, left, longest)));
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void lockInterruptibly() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Duration longest = engine.settings().longestWait();
    orTooLong(longest, take(longest, (part, left) -> waitFor(part, left, longest)));
  }

  private static boolean waitFor(JavaLock part, long left, Duration longest)
      throws InterruptedException {
    if (longest.isZero()) {
      part.lockInterruptibly();
      return true;
    }
    return part.tryLock(left, TimeUnit.NANOSECONDS);
  }

  private void orTooLong(Duration longest, boolean locked) {
    if (!locked) {
      throw new WaitTimeoutException(name, longest);
    }
  }

  @Override
  public boolean tryLock() {
    try {
      return take(Duration.ZERO, (part, left) -> part.tryLock());
    } catch (InterruptedException e) {
      throw new IllegalStateException("not interruptible", e);
    }
  }

  @Override
  public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
    Duration wait = Duration.ofNanos(unit.toNanos(time));
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return take(wait, (part, left) -> part.tryLock(left, TimeUnit.NANOSECONDS));
  }

  /** All or none; in order. */
  private boolean take(Duration wait, Way way) throws InterruptedException {
    long start = engine.now();
    List<JavaLock> taken = new ArrayList<>();
    boolean all = false;
    try {
      for (JavaLock part : parts) {
        if (!way.lock(part, Math.max(0, Nanos.of(wait) - (engine.now() - start)))) {
          return false;
        }
        taken.add(part);
      }
      all = true;
      return true;
    } finally {
      if (!all) {
        giveBack(taken);
      }
    }
  }

  /** In the reverse order; answers the first failure. */
  private static @Nullable RuntimeException giveBack(List<JavaLock> taken) {
    RuntimeException first = null;
    for (int i = taken.size() - 1; i >= 0; i--) {
      try {
        taken.get(i).unlock();
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    return first;
  }

  @Override
  public void unlock() {
    if (holdCount() == 0) {
      throw new IllegalMonitorStateException("this thread does not hold all of " + name);
    }
    RuntimeException failure = giveBack(parts);
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public Optional<Lease> lease() {
    List<Lease> leases = new ArrayList<>();
    for (JavaLock part : parts) {
      part.lease().ifPresent(leases::add);
    }
    return leases.size() == parts.size()
        ? Optional.of(new AllLease(engine, List.copyOf(leases)))
        : Optional.empty();
  }

  @Override
  public int holdCount() {
    return parts.stream().mapToInt(JavaLock::holdCount).min().orElse(0);
  }

  @Override
  public Condition newCondition() {
    throw new UnsupportedOperationException(
        "a distributed lock has no conditions: nobody could signal across machines reliably");
  }

  @Override
  public String toString() {
    return "all of " + parts;
  }
}
