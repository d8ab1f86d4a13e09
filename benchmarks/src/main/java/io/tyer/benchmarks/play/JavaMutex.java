package io.tyer.benchmarks.play;

import java.util.concurrent.locks.Lock;

/** A peer's lock that is used as a {@link Lock}. */
public record JavaMutex(Lock lock) implements Mutex, Mutex.Held {

  @Override
  public Held acquire() {
    lock.lock();
    return this;
  }

  @Override
  public void release() {
    lock.unlock();
  }
}
