package io.tyer.benchmarks.floors;

import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Mutex;
import io.tyer.benchmarks.play.Subject;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Floor: the JDK's lock, and the two clock readings without which no lease that ends by a clock can
 * be believed: the monotonic clock against its deadline, the wall clock against a suspension.
 */
final class ClockedLocks implements Subject {

  private record ClockedMutex(ReentrantLock lock, long startNanos, long startMillis)
      implements Mutex, Mutex.Held {

    @Override
    public Held acquire() throws InterruptedException {
      lock.lockInterruptibly();
      if (System.nanoTime() - startNanos < 0 || System.currentTimeMillis() < startMillis) {
        throw new IllegalStateException("a clock was set back");
      }
      return this;
    }

    @Override
    public void release() {
      lock.unlock();
    }
  }

  private static final class ClockedClient implements Client {

    @Override
    public Mutex mutex(String name) {
      return new ClockedMutex(new ReentrantLock(), System.nanoTime(), System.currentTimeMillis());
    }

    @Override
    public int waiting(String name) {
      throw new UnsupportedOperationException("waiters are not shown");
    }

    @Override
    public void close() {}
  }

  @Override
  public Set<Ability> abilities() {
    return Set.of(Ability.PAIRS);
  }

  @Override
  public boolean spansProcesses() {
    return false;
  }

  @Override
  public Client open() {
    return new ClockedClient();
  }
}
