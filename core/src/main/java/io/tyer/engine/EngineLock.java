package io.tyer.engine;

import io.tyer.DistributedLock;
import io.tyer.JavaLock;
import io.tyer.LockView;
import io.tyer.Reservation;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A mutex, or one half of a read-write lock. */
final class EngineLock extends Acquiring implements DistributedLock {

  EngineLock(ClientLocks locks, Wanted wanted) {
    super(locks, wanted);
  }

  @Override
  public DistributedLock labelled(String label) {
    return new EngineLock(locks, wanted.labelled(label));
  }

  @Override
  public DistributedLock maxHold(Duration maxHold) {
    return new EngineLock(locks, wanted.maxHold(maxHold));
  }

  @Override
  public DistributedLock biased(boolean kept) {
    return new EngineLock(locks, wanted.biased(kept && !locks.strict()));
  }

  @Override
  public Reservation reserve() throws InterruptedException {
    return Reserving.blocking(engine, wanted);
  }

  @Override
  public CompletableFuture<Reservation> reserveAsync() {
    return Reserving.async(engine, wanted);
  }

  @Override
  public LockView view() {
    return locks.view(wanted.name());
  }

  @Override
  public JavaLock asJavaLock() {
    return new JavaLockView(engine, wanted, locks.holds());
  }
}
