package io.tyer.testkit.torture;

import io.tyer.Acquirable;
import io.tyer.DistributedLock;
import io.tyer.JavaLock;
import io.tyer.Lease;
import io.tyer.LeaseLostException;
import io.tyer.OptionalLease;
import io.tyer.OutcomeUnknownException;
import io.tyer.Retry;
import io.tyer.Tyer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * A lease, and how it is given back.
 *
 * @param lease what is held
 * @param release gives it back; by the thread that acquired
 */
record Grasp(Lease lease, Runnable release) {

  /** Acquires what is wished for, in the way it is wished for; empty if it was busy. */
  static Optional<Grasp> take(Tyer tyer, Wish wish) throws InterruptedException {
    if (wish.way() == Wish.Way.JAVA_LOCK) {
      return throughJavaLock(lock(tyer, wish.thing()).asJavaLock(), wish);
    }
    return take(target(tyer, wish), wish).map(lease -> new Grasp(lease, lease::close));
  }

  private static OptionalLease take(Acquirable target, Wish wish) throws InterruptedException {
    Duration patience = Duration.ofMillis(wish.patienceMillis());
    return switch (wish.way()) {
      case WAIT -> OptionalLease.of(target.acquire());
      case UNINTERRUPTIBLY -> OptionalLease.of(target.acquireUninterruptibly());
      case TRY -> target.tryAcquire();
      case TIMED -> target.tryAcquire(patience);
      case RETRY ->
          target.tryAcquire(
              Retry.times(Wish.RETRIES)
                  .withPauses(
                      Duration.ofMillis(10), Duration.ofMillis(Wish.LONGEST_RETRY_PAUSE_MILLIS)));
      case CANCELLED -> cancelled(target.acquireAsync(), wish.patienceMillis());
      case FUTURE -> get(target.tryAcquireAsync(patience), lease -> lease);
      case JAVA_LOCK -> throw new IllegalArgumentException("has no target");
    };
  }

  private static Acquirable target(Tyer tyer, Wish wish) {
    Wish.Thing thing = wish.thing();
    Acquirable target =
        thing.kind() == Wish.Kind.SEMAPHORE
            ? tyer.semaphore(thing.name(), thing.capacity()).taking(thing.weight())
            : lock(tyer, thing);
    return wish.maxHoldMillis() == 0
        ? target
        : target.maxHold(Duration.ofMillis(wish.maxHoldMillis()));
  }

  private static DistributedLock lock(Tyer tyer, Wish.Thing thing) {
    return switch (thing.kind()) {
      case MUTEX -> tyer.lock(thing.name());
      case READ -> tyer.readWriteLock(thing.name()).readLock();
      case WRITE, DOWNGRADED -> tyer.readWriteLock(thing.name()).writeLock();
      case SEMAPHORE -> throw new IllegalArgumentException("a semaphore is no lock");
    };
  }

  private static Optional<Grasp> throughJavaLock(JavaLock lock, Wish wish)
      throws InterruptedException {
    if (wish.viewWaits()) {
      lock.lockInterruptibly();
    } else if (!lock.tryLock(wish.patienceMillis(), TimeUnit.MILLISECONDS)) {
      return Optional.empty();
    }
    Grasp grasp = new Grasp(lock.lease().orElseThrow(), lock::unlock);
    try {
      // Once more, since the view is reentrant: the lease stays the same one.
      lock.lock();
      try {
        if (lock.holdCount() != 2) {
          throw new IllegalStateException("entered twice, held " + lock.holdCount() + " times");
        }
      } finally {
        lock.unlock();
      }
    } catch (LeaseLostException | OutcomeUnknownException e) {
      // The lease will say so too.
    }
    return Optional.of(grasp);
  }

  /** Gives up when patience ends; what is granted at that very moment is kept. */
  private static OptionalLease cancelled(CompletableFuture<Lease> future, long patienceMillis)
      throws InterruptedException {
    try {
      return OptionalLease.of(future.get(patienceMillis, TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return future.cancel(false) ? OptionalLease.empty() : get(future, OptionalLease::of);
    } catch (InterruptedException e) {
      withdraw(future, OptionalLease::of);
      throw e;
    } catch (ExecutionException e) {
      throw unwrapped(e);
    }
  }

  private static <T> OptionalLease get(
      CompletableFuture<T> future, Function<T, OptionalLease> lease) throws InterruptedException {
    try {
      return lease.apply(future.get());
    } catch (InterruptedException e) {
      withdraw(future, lease);
      throw e;
    } catch (ExecutionException e) {
      throw unwrapped(e);
    }
  }

  /** Nobody else would give back what was granted before it could be cancelled. */
  private static <T> void withdraw(CompletableFuture<T> future, Function<T, OptionalLease> lease) {
    if (!future.cancel(false) && !future.isCompletedExceptionally()) {
      lease.apply(future.join()).ifPresent(Lease::close);
    }
  }

  private static RuntimeException unwrapped(ExecutionException e) {
    if (e.getCause() instanceof RuntimeException cause) {
      return cause;
    }
    return new IllegalStateException("a future has failed", e.getCause());
  }
}
