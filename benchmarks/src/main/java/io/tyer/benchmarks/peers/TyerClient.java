package io.tyer.benchmarks.peers;

import io.tyer.DistributedLock;
import io.tyer.Lease;
import io.tyer.LockView;
import io.tyer.Tyer;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Mutex;
import java.util.concurrent.CompletableFuture;

/** A client of Tyer, used as a user would use it. */
final class TyerClient implements Client {

  private final Tyer tyer;
  private final StoreCalls calls;

  TyerClient(Tyer tyer, StoreCalls calls) {
    this.tyer = tyer;
    this.calls = calls;
  }

  private record TyerMutex(DistributedLock lock) implements Mutex {

    @Override
    public Held acquire() throws InterruptedException {
      return new TyerHeld(lock.acquire());
    }

    @Override
    @SuppressWarnings("try") // the lease is held, and that is all
    public void pair() throws InterruptedException {
      try (Lease lease = lock.acquire()) {
        // An empty critical section.
      }
    }

    @Override
    public void pairAsync() throws InterruptedException {
      var unused = lock.acquire().closeAsync();
    }
  }

  private record TyerHeld(Lease lease) implements Mutex.Held {

    @Override
    public void release() {
      lease.close();
    }

    @Override
    public boolean valid() {
      return lease.isValid();
    }

    @Override
    public void releaseLater() {
      var unused = lease.closeAsync();
    }

    @Override
    public long token() {
      return lease.token();
    }
  }

  @Override
  public Mutex mutex(String name) {
    return new TyerMutex(tyer.lock(name));
  }

  @Override
  public int waiting(String prefix) {
    return (int)
        tyer.operator().locks(prefix).stream()
            .flatMap(lock -> lock.line().stream())
            .filter(place -> !place.granted())
            .count();
  }

  @Override
  public boolean kept(String name) {
    return tyer.operator().locks(name).stream()
        .filter(lock -> lock.name().equals(name))
        .flatMap(lock -> lock.line().stream())
        .anyMatch(LockView.Place::granted);
  }

  @Override
  public long storeCalls() {
    return calls.all();
  }

  @Override
  public long beats() {
    return calls.beats();
  }

  @Override
  public CompletableFuture<TyerHeld> begin(String name) {
    return tyer.lock(name).acquireAsync().thenApply(TyerHeld::new);
  }

  @Override
  public AutoCloseable standInLine(String name) {
    CompletableFuture<Lease> future = tyer.lock(name).acquireAsync();
    return () -> {
      if (!future.cancel(false)) {
        future.join().close();
      }
    };
  }

  @Override
  public void close() {
    tyer.close();
  }
}
