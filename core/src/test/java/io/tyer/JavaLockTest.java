package io.tyer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
@SuppressWarnings("LockNotBeforeTry") // what is tested here is locking itself
class JavaLockTest {

  private final MemoryClients clients = new MemoryClients();
  private final Tyer one = clients.open();
  private final Tyer two = clients.open();

  @AfterEach
  void close() {
    clients.close();
  }

  @Test
  void isReentrantWhicheverObjectIsUsed() {
    JavaLock lock = one.lock("a").asJavaLock();
    lock.lock();
    one.readWriteLock("a").writeLock().asJavaLock().lock();
    assertThat(one.lock("a").asJavaLock().tryLock()).isTrue();
    assertThat(lock.holdCount()).isEqualTo(3);
    assertThat(lock.lease()).isPresent();
    assertThat(two.lock("a").asJavaLock().tryLock()).isFalse();
    lock.unlock();
    lock.unlock();
    assertThat(two.lock("a").asJavaLock().tryLock()).isFalse();
    lock.unlock();
    assertThat(lock.holdCount()).isZero();
    assertThat(two.lock("a").asJavaLock().tryLock()).isTrue();
    two.lock("a").asJavaLock().unlock();
  }

  @Test
  void belongsToItsThread() throws InterruptedException {
    Lock lock = one.lock("a").asJavaLock();
    lock.lock();
    AtomicBoolean refused = new AtomicBoolean();
    Thread other =
        new Thread(
            () -> {
              try {
                lock.unlock();
              } catch (IllegalMonitorStateException e) {
                refused.set(!lock.tryLock());
              }
            });
    other.start();
    other.join();
    assertThat(refused).isTrue();
    lock.unlock();
    assertThatThrownBy(lock::unlock).isInstanceOf(IllegalMonitorStateException.class);
  }

  @Test
  void upgradesAreRefusedAtOnceAndDowngradesAreNot() {
    ReadWriteLock lock = one.readWriteLock("a").asJavaReadWriteLock();
    lock.readLock().lock();
    lock.readLock().lock();
    assertThatThrownBy(() -> lock.writeLock().lock()).isInstanceOf(IllegalStateException.class);
    assertThat(lock.writeLock().tryLock()).isFalse();
    lock.readLock().unlock();
    lock.readLock().unlock();

    lock.writeLock().lock();
    lock.readLock().lock();
    lock.writeLock().unlock();
    Lock theirs = two.readWriteLock("a").asJavaReadWriteLock().readLock();
    assertThat(theirs.tryLock()).isTrue();
    theirs.unlock();
    assertThat(two.lock("a").asJavaLock().tryLock()).isFalse();
    lock.readLock().unlock();
    assertThat(two.lock("a").asJavaLock().tryLock()).isTrue();
    two.lock("a").asJavaLock().unlock();
  }

  @Test
  void anInterruptedTryLockKeepsTheFlag() {
    Thread.currentThread().interrupt();
    assertThat(one.lock("a").asJavaLock().tryLock()).isTrue();
    assertThat(Thread.interrupted()).isTrue();
    one.lock("a").asJavaLock().unlock();
  }

  @Test
  void afterALossTheOutermostUnlockThrowsHavingLetGo() {
    JavaLock lock = one.lock("a").asJavaLock();
    lock.lock();
    lock.lock();
    Lease lease = lock.lease().orElseThrow();
    assertThat(two.operator().removeNow("a", OptionalLong.empty())).isEqualTo(1);
    Await.until("lost", () -> !lease.isValid());
    assertThatThrownBy(lock::lock).isInstanceOf(LeaseLostException.class);
    lock.unlock();
    assertThatThrownBy(lock::unlock).isInstanceOf(LeaseLostException.class);
    assertThat(lock.holdCount()).isZero();
    assertThat(lock.tryLock()).isTrue();
    lock.unlock();
  }

  @Test
  void conditionsAreRefused() {
    Lock lock = one.lock("a").asJavaLock();
    assertThatThrownBy(lock::newCondition).isInstanceOf(UnsupportedOperationException.class);
  }
}
