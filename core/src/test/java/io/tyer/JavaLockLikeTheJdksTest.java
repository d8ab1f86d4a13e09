package io.tyer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same calls on the JDK's read-write lock and on ours. */
@Timeout(180)
@SuppressWarnings({"LockNotBeforeTry", "NullAway"}) // what is tested here is locking itself
class JavaLockLikeTheJdksTest {

  private final MemoryClients clients = new MemoryClients();
  private final Tyer tyer = clients.open();
  private final List<ExecutorService> threads =
      List.of(Executors.newSingleThreadExecutor(), Executors.newSingleThreadExecutor());
  private final ReadWriteLock jdks = new ReentrantReadWriteLock();
  private final ReadWriteLock ours = tyer.readWriteLock("a").asJavaReadWriteLock();

  @AfterEach
  void close() {
    threads.forEach(ExecutorService::shutdown);
    clients.close();
  }

  /** What is done with a lock. */
  private interface Act {
    Object to(ReadWriteLock lock) throws Exception;
  }

  private static final List<Act> ACTS =
      List.of(
          lock -> lock.readLock().tryLock(),
          lock -> lock.writeLock().tryLock(),
          lock -> lock.readLock().tryLock(0, TimeUnit.SECONDS),
          lock -> lock.writeLock().tryLock(0, TimeUnit.SECONDS),
          lock -> lock.writeLock().tryLock(-1, TimeUnit.SECONDS),
          lock -> lock.writeLock().tryLock(1, null),
          lock -> lock.readLock().tryLock(1, null),
          lock -> unlock(lock.readLock()),
          lock -> unlock(lock.writeLock()),
          lock -> unlock(lock.writeLock()),
          lock -> interrupted(() -> lock.writeLock().tryLock()),
          lock -> interrupted(() -> lock.readLock().tryLock(0, TimeUnit.SECONDS)),
          lock -> interrupted(() -> lock.writeLock().tryLock(1, null)));

  private static Object unlock(Lock lock) {
    lock.unlock();
    return "unlocked";
  }

  private static Object interrupted(Callable<?> act) throws Exception {
    Thread.currentThread().interrupt();
    try {
      Object outcome = act.call();
      return outcome + (Thread.interrupted() ? ", interrupted" : "");
    } finally {
      Thread.interrupted();
    }
  }

  private Object outcome(ExecutorService thread, Act act, ReadWriteLock lock) throws Exception {
    try {
      return thread.submit(() -> act.to(lock)).get();
    } catch (ExecutionException e) {
      return e.getCause().getClass();
    }
  }

  @Test
  void doTheSameInRandomSequencesOfTwoThreads() throws Exception {
    long seed = Long.getLong("tyer.seed", System.currentTimeMillis());
    Random random = new Random(seed);
    List<String> done = new ArrayList<>();
    for (int step = 0; step < 5000; step++) {
      int thread = random.nextInt(2);
      int act = random.nextInt(ACTS.size());
      Object expected = outcome(threads.get(thread), ACTS.get(act), jdks);
      done.add(thread + ":" + act + "=" + expected);
      assertThat(outcome(threads.get(thread), ACTS.get(act), ours))
          .as("seed %d, after %s", seed, done)
          .isEqualTo(expected);
    }
    for (ExecutorService thread : threads) {
      for (Act last : List.<Act>of(l -> unlock(l.writeLock()), l -> unlock(l.readLock()))) {
        while (outcome(thread, last, ours).equals("unlocked")) {
          assertThat(outcome(thread, last, jdks)).isEqualTo("unlocked");
        }
      }
    }
  }

  @Test
  void tooManyHoldsAreAnErrorAndChangeNothing() {
    // As many as the JDK's lock takes until Java 24; later ones take more.
    Lock lock = ours.writeLock();
    for (int i = 0; i < 65_535; i++) {
      lock.lock();
    }
    assertThatThrownBy(lock::lock).isExactlyInstanceOf(Error.class);
    assertThatThrownBy(lock::tryLock).isExactlyInstanceOf(Error.class);
    for (int i = 0; i < 65_535; i++) {
      lock.unlock();
    }
    assertThatThrownBy(lock::unlock).isInstanceOf(IllegalMonitorStateException.class);
  }

  @Test
  void theTextSaysNameAndHolder() throws Exception {
    String me = Thread.currentThread().getName();
    assertThat(ours.writeLock().toString()).contains("java lock a ", "Not locked by this client");
    ours.writeLock().lock();
    assertThat(ours.writeLock().toString()).contains("java lock a ", "Locked by thread " + me);
    ours.readLock().lock();
    ours.writeLock().unlock();
    assertThat(ours.writeLock().toString()).contains("Not locked by this client");
    assertThat(ours.readLock().toString()).contains("java read lock a ", "Read by thread " + me);
    ours.readLock().unlock();
    assertThat(ours.readLock().toString()).contains("Not locked by this client");
  }
}
