package io.tyer.benchmarks.floors;

import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Mutex;
import io.tyer.benchmarks.play.Subject;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** Floor: the JDK's own lock, within one JVM. */
public final class LocalLocks implements Subject {

  private final boolean fair;
  private final ConcurrentHashMap<String, ReentrantLock> locks = new ConcurrentHashMap<>();

  public LocalLocks(boolean fair) {
    this.fair = fair;
  }

  private record LocalMutex(ReentrantLock lock) implements Mutex, Mutex.Held {

    @Override
    public Held acquire() throws InterruptedException {
      lock.lockInterruptibly();
      return this;
    }

    @Override
    public void release() {
      lock.unlock();
    }
  }

  private final class LocalClient implements Client {

    @Override
    public Mutex mutex(String name) {
      return new LocalMutex(lock(name));
    }

    private ReentrantLock lock(String name) {
      return locks.computeIfAbsent(name, unused -> new ReentrantLock(fair));
    }

    @Override
    public int waiting(String name) {
      return lock(name).getQueueLength();
    }

    @Override
    public void close() {}
  }

  @Override
  public Set<Ability> abilities() {
    return Set.of(Ability.PAIRS, Ability.WAITS, Ability.SHOWS_WAITERS);
  }

  @Override
  public boolean spansProcesses() {
    return false;
  }

  @Override
  public Client open() {
    return new LocalClient();
  }
}
