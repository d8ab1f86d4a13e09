package io.tyer.store.jdbc;

import io.tyer.Lease;
import io.tyer.StoreUnreachableException;
import io.tyer.Tyer;
import io.tyer.TyerOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Clients of a database that fails over. */
final class FailedOver {

  /** Until when they have got over it. */
  static final Duration SOON = Duration.ofSeconds(60);

  private FailedOver() {}

  static Tyer open(String address, int ttlSeconds) {
    return Tyer.builder(address)
        .ttl(Duration.ofSeconds(ttlSeconds))
        .option(TyerOption.BEAT, "1s")
        .option(TyerOption.OPERATION_TIMEOUT, "3s")
        .open();
  }

  /** Takes the lock and gives it back, as soon as there is a database again; its token. */
  static long takeAndGive(Tyer tyer) throws InterruptedException {
    long until = System.nanoTime() + SOON.toNanos();
    while (true) {
      try (Lease lease = tyer.lock("a").tryAcquire(SOON).orElseThrow()) {
        return lease.token();
      } catch (StoreUnreachableException e) {
        if (System.nanoTime() - until > 0) {
          throw e;
        }
        // Nothing tells when the database is back.
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }
}
