package io.tyer.engine;

import io.tyer.Acquirable;
import io.tyer.Lease;
import io.tyer.Retry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

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
  public Optional<Lease> tryAcquire() throws InterruptedException {
    return BlockingWait.acquire(engine, wanted, 0);
  }

  @Override
  public Optional<Lease> tryAcquire(Duration wait) throws InterruptedException {
    return BlockingWait.acquire(engine, wanted, Nanos.of(wait));
  }

  @Override
  public Optional<Lease> tryAcquire(Retry retry) throws InterruptedException {
    return Retrying.blocking(engine, wanted, retry);
  }

  @Override
  public CompletableFuture<Lease> acquireAsync() {
    return FutureWait.unbounded(engine, wanted);
  }

  @Override
  public CompletableFuture<Optional<Lease>> tryAcquireAsync() {
    return FutureWait.acquire(engine, wanted, 0);
  }

  @Override
  public CompletableFuture<Optional<Lease>> tryAcquireAsync(Duration wait) {
    return FutureWait.acquire(engine, wanted, Nanos.of(wait));
  }

  @Override
  public CompletableFuture<Optional<Lease>> tryAcquireAsync(Retry retry) {
    return Retrying.async(engine, wanted, retry);
  }

  @Override
  public String toString() {
    return wanted.mode().kind() + " lock " + name() + " in " + engine.description();
  }
}
