package io.tyer.engine;

import io.tyer.Acquirable;
import io.tyer.Lease;
import io.tyer.LeaseTask;
import io.tyer.OptionalLease;
import io.tyer.Retry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The verbs of everything that can be acquired. */
abstract class Acquiring implements Acquirable {

  final ClientLocks locks;
  final Client engine;
  final Wanted wanted;

  Acquiring(ClientLocks locks, Wanted wanted) {
    this.locks = locks;
    this.engine = locks.engine();
    this.wanted = wanted;
  }

  @Override
  public String name() {
    return wanted.name().text();
  }

  @Override
  public Lease acquire() throws InterruptedException {
    return BlockingWait.unbounded(engine, wanted);
  }

  @Override
  public Lease acquireUninterruptibly() {
    return BlockingWait.unboundedUninterruptibly(engine, wanted);
  }

  @Override
  public OptionalLease tryAcquire() throws InterruptedException {
    return OptionalLease.of(BlockingWait.acquire(engine, wanted, 0));
  }

  @Override
  public OptionalLease tryAcquire(Duration wait) throws InterruptedException {
    return OptionalLease.of(BlockingWait.acquire(engine, wanted, Nanos.of(wait)));
  }

  @Override
  public OptionalLease tryAcquireUninterruptibly() {
    return OptionalLease.of(BlockingWait.acquireUninterruptibly(engine, wanted, 0));
  }

  @Override
  public OptionalLease tryAcquireUninterruptibly(Duration wait) {
    return OptionalLease.of(BlockingWait.acquireUninterruptibly(engine, wanted, Nanos.of(wait)));
  }

  @Override
  public OptionalLease tryAcquire(Retry retry) throws InterruptedException {
    return OptionalLease.of(Retrying.blocking(engine, wanted, retry));
  }

  /** Who does a task under a lease gives it back by itself, which tells a deadlock. */
  @Override
  public <T, E extends Exception> T withLease(LeaseTask<T, E> task) throws E, InterruptedException {
    try (Lease lease = acquire()) {
      Flow.bind(lease);
      try {
        T result = task.run(lease);
        lease.checkValid();
        return result;
      } finally {
        Flow.unbind();
      }
    }
  }

  @Override
  public CompletableFuture<Lease> acquireAsync() {
    return FutureWait.unbounded(engine, wanted);
  }

  @Override
  public CompletableFuture<OptionalLease> tryAcquireAsync() {
    return FutureWait.acquire(engine, wanted, 0);
  }

  @Override
  public CompletableFuture<OptionalLease> tryAcquireAsync(Duration wait) {
    return FutureWait.acquire(engine, wanted, Nanos.of(wait));
  }

  @Override
  public CompletableFuture<OptionalLease> tryAcquireAsync(Retry retry) {
    return Retrying.async(engine, wanted, retry);
  }

  @Override
  public <T> CompletableFuture<T> withLeaseAsync(
      Function<? super Lease, ? extends CompletionStage<T>> work) {
    return UnderLease.run(acquireAsync(), work);
  }

  @Override
  public String toString() {
    return wanted.mode().kind() + " lock " + name() + " in " + engine.description();
  }
}
