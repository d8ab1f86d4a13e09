package io.tyer.engine;

import io.tyer.DistributedLock;
import io.tyer.DistributedReadWriteLock;
import io.tyer.LockView;
import java.time.Duration;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;

/** Two modes of one name. */
final class EngineReadWriteLock implements DistributedReadWriteLock {

  private final ClientLocks locks;
  private final Wanted wanted;

  EngineReadWriteLock(ClientLocks locks, Wanted wanted) {
    this.locks = locks;
    this.wanted = wanted;
  }

  @Override
  public String name() {
    return wanted.name().text();
  }

  @Override
  public LockView view() {
    return locks.view(wanted.name());
  }

  @Override
  public DistributedLock readLock() {
    return new EngineLock(locks, wanted.as(Mode.READ));
  }

  @Override
  public DistributedLock writeLock() {
    return new EngineLock(locks, wanted.as(Mode.EXCLUSIVE));
  }

  @Override
  public DistributedReadWriteLock labelled(String label) {
    return new EngineReadWriteLock(locks, wanted.labelled(label));
  }

  @Override
  public DistributedReadWriteLock maxHold(Duration maxHold) {
    return new EngineReadWriteLock(locks, wanted.maxHold(maxHold));
  }

  @Override
  public DistributedReadWriteLock biased(boolean kept) {
    return new EngineReadWriteLock(locks, wanted.biased(kept && !locks.strict()));
  }

  @Override
  public ReadWriteLock asJavaReadWriteLock() {
    Lock read = readLock().asJavaLock();
    Lock write = writeLock().asJavaLock();
    return new ReadWriteLock() {
      @Override
      public Lock readLock() {
        return read;
      }

      @Override
      public Lock writeLock() {
        return write;
      }
    };
  }

  @Override
  public String toString() {
    return "read-write lock " + name() + " in " + locks.engine().description();
  }
}
