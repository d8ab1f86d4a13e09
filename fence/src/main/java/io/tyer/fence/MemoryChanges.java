package io.tyer.fence;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Tells the waiters of a value in this process. */
final class MemoryChanges {

  private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();

  /** Tells all who wait now. */
  void tell() {
    waiters.forEach(waiter -> waiter.told.release());
  }

  Changes waiter() {
    Waiter waiter = new Waiter();
    waiters.add(waiter);
    return waiter;
  }

  private final class Waiter implements Changes {

    private final Semaphore told = new Semaphore(0);

    @Override
    public void await(Duration atMost) throws InterruptedException {
      if (told.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
        told.drainPermits();
      }
    }

    @Override
    public void close() {
      waiters.remove(this);
    }
  }
}
