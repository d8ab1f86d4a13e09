package io.tyer.engine;

import io.tyer.DistributedSemaphore;
import io.tyer.LockView;
import java.time.Duration;

/** Shared tickets of one capacity. */
final class EngineSemaphore extends Acquiring implements DistributedSemaphore {

  EngineSemaphore(ClientLocks locks, Wanted wanted) {
    super(locks, wanted);
  }

  @Override
  public LockView view() {
    return locks.view(wanted.name());
  }

  @Override
  public int permits() {
    return wanted.mode().capacity();
  }

  @Override
  public DistributedSemaphore taking(int count) {
    if (count < 1 || count > permits()) {
      throw new IllegalArgumentException(
          "a lease of this semaphore takes from 1 to " + permits() + " permits, not " + count);
    }
    return new EngineSemaphore(locks, wanted.taking(count));
  }

  @Override
  public DistributedSemaphore labelled(String label) {
    return new EngineSemaphore(locks, wanted.labelled(label));
  }

  @Override
  public DistributedSemaphore maxHold(Duration maxHold) {
    return new EngineSemaphore(locks, wanted.maxHold(maxHold));
  }
}
