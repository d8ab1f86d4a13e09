package io.tyer.engine;

import io.tyer.Acquirable;
import io.tyer.AllLocks;
import io.tyer.JavaLock;
import io.tyer.Lease;
import io.tyer.OptionalLease;
import io.tyer.Retry;
import io.tyer.WaitTimeoutException;
import io.tyer.line.LockName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Several locks as one. */
final class EngineAll implements AllLocks {

  private final ClientLocks locks;
  private final Client engine;

  /** In the order of their names' bytes, each name once. */
  private final List<Wanted> parts;

  private EngineAll(ClientLocks locks, List<Wanted> parts) {
    this.locks = locks;
    this.engine = locks.engine();
    this.parts = parts;
  }

  static AllLocks of(ClientLocks locks, List<? extends Acquirable> given) {
    TreeMap<LockName, Wanted> merged = new TreeMap<>();
    for (Acquirable each : given) {
      for (Wanted wanted : wanted(locks, each)) {
        merged.merge(wanted.name(), wanted, EngineAll::stronger);
      }
    }
    if (merged.isEmpty()) {
      throw new IllegalArgumentException("all of no locks: give at least one");
    }
    return new EngineAll(locks, List.copyOf(merged.values()));
  }

  private static List<Wanted> wanted(ClientLocks locks, Acquirable given) {
    if (given instanceof Acquiring one && one.locks.equals(locks)) {
      return List.of(one.wanted);
    }
    if (given instanceof EngineAll all && all.locks.equals(locks)) {
      return all.parts;
    }
    throw new IllegalArgumentException(
        "not a lock of this client: " + given + "; several locks are taken by one client");
  }

  /** What serves for both. */
  private static Wanted stronger(Wanted one, Wanted other) {
    if (one.mode().kind() != other.mode().kind()) {
      return rank(one) > rank(other) ? one : other;
    }
    if (one.mode().kind() != Mode.Kind.PERMITS) {
      return one;
    }
    int capacity = Math.min(one.mode().capacity(), other.mode().capacity());
    int weight = Math.max(one.weight(), other.weight());
    if (weight > capacity) {
      throw new IllegalArgumentException(
          String.format("%d of %d permits of %s can never be had", weight, capacity, one.name()));
    }
    return one.as(Mode.permits(capacity)).taking(weight);
  }

  private static int rank(Wanted wanted) {
    return switch (wanted.mode().kind()) {
      case EXCLUSIVE -> 2;
      case PERMITS -> 1;
      case READ -> 0;
    };
  }

  private EngineAll each(UnaryOperator<Wanted> change) {
    return new EngineAll(locks, parts.stream().map(change).toList());
  }

  @Override
  public String name() {
    return String.join(" + ", names());
  }

  @Override
  public List<String> names() {
    return parts.stream().map(part -> part.name().text()).toList();
  }

  @Override
  public AllLocks labelled(String label) {
    return each(part -> part.labelled(label));
  }

  @Override
  public AllLocks maxHold(Duration maxHold) {
    return each(part -> part.maxHold(maxHold));
  }

  @Override
  public JavaLock asJavaLock() {
    if (parts.stream().anyMatch(part -> part.mode().kind() == Mode.Kind.PERMITS)) {
      throw new UnsupportedOperationException(
          "a semaphore has no view as a lock of the JDK: " + name());
    }
    List<JavaLock> views = new ArrayList<>();
    for (Wanted part : parts) {
      views.add(new JavaLockView(engine, part, locks.holds()));
    }
    return new AllJavaLock(engine, name(), views);
  }

  // ---- acquiring

  private LeaseFuture<OptionalLease> asking(long waitNanos) {
    return AllWait.acquire(engine, parts, waitNanos);
  }

  private OptionalLease await(CompletableFuture<OptionalLease> future) throws InterruptedException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          if (future.cancel(false)) {
            throw e;
          }
          interrupted = true;
        } catch (ExecutionException e) {
          throw failure(e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private OptionalLease awaitUninterruptibly(CompletableFuture<OptionalLease> future) {
    try {
      return Futures.uninterruptibly(future, Nanos.LONGEST, engine.port().surroundings());
    } catch (ExecutionException e) {
      throw failure(e);
    } catch (TimeoutException e) {
      throw new IllegalStateException("a time-out without bound is over", e);
    }
  }

  private static RuntimeException failure(ExecutionException e) {
    return e.getCause() instanceof RuntimeException failure
        ? failure
        : new IllegalStateException("taking several locks failed", e);
  }

  private long longestNanos() {
    return BlockingWait.longestNanos(engine.settings().longestWait());
  }

  private Lease orTooLong(OptionalLease lease) {
    return lease.orElseThrow(
        () -> new WaitTimeoutException(name(), engine.settings().longestWait()));
  }

  @Override
  public Lease acquire() throws InterruptedException {
    return orTooLong(tryFor(longestNanos()));
  }

  @Override
  public Lease acquireUninterruptibly() {
    return orTooLong(awaitUninterruptibly(asking(longestNanos())));
  }

  private OptionalLease tryFor(long waitNanos) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return await(asking(waitNanos));
  }

  @Override
  public OptionalLease tryAcquire() throws InterruptedException {
    return tryFor(0);
  }

  @Override
  public OptionalLease tryAcquire(Duration wait) throws InterruptedException {
    return tryFor(Nanos.of(wait));
  }

  @Override
  public OptionalLease tryAcquireUninterruptibly() {
    return awaitUninterruptibly(asking(0));
  }

  @Override
  public OptionalLease tryAcquireUninterruptibly(Duration wait) {
    return awaitUninterruptibly(asking(Nanos.of(wait)));
  }

  @Override
  public OptionalLease tryAcquire(Retry retry) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return await(tryAcquireAsync(retry));
  }

  @Override
  public CompletableFuture<Lease> acquireAsync() {
    return asking(longestNanos()).thenApply(this::orTooLong);
  }

  @Override
  public CompletableFuture<OptionalLease> tryAcquireAsync() {
    return asking(0);
  }

  @Override
  public CompletableFuture<OptionalLease> tryAcquireAsync(Duration wait) {
    return asking(Nanos.of(wait));
  }

  @Override
  public CompletableFuture<OptionalLease> tryAcquireAsync(Retry retry) {
    return Retrying.async(engine, () -> asking(0), retry);
  }

  @Override
  public <T> CompletableFuture<T> withLeaseAsync(
      Function<? super Lease, ? extends CompletionStage<T>> work) {
    return UnderLease.run(acquireAsync(), work);
  }

  @Override
  public String toString() {
    return parts.stream()
        .map(part -> part.mode().kind() + " lock " + part.name())
        .collect(Collectors.joining(" + ", "", " in " + engine.description()));
  }
}
