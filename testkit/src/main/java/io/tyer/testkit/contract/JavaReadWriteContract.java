package io.tyer.testkit.contract;

import static io.tyer.testkit.contract.Promise.API;
import static io.tyer.testkit.contract.Promise.S1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Tyer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import org.junit.jupiter.api.Test;

/** Read-write locks as {@code java.util.concurrent.locks} knows them. */
@SuppressWarnings("LockNotBeforeTry") // what is shown here is locking itself
public abstract class JavaReadWriteContract extends ContractTest {

  @Test
  @Shows({API, S1})
  void unlockingTheWriteLockUnderTheReadLockDowngrades() {
    String a = name("a");
    ReadWriteLock lock = client().readWriteLock(a).asJavaReadWriteLock();
    ReadWriteLock others = client().readWriteLock(a).asJavaReadWriteLock();
    lock.writeLock().lock();
    lock.readLock().lock();
    assertThat(others.readLock().tryLock()).isFalse();
    lock.writeLock().unlock();
    assertThat(others.readLock().tryLock()).isTrue();
    others.readLock().unlock();
    assertThat(others.writeLock().tryLock()).isFalse();
    assertThatThrownBy(() -> lock.writeLock().unlock())
        .isInstanceOf(IllegalMonitorStateException.class);
    lock.readLock().unlock();
    assertThat(others.writeLock().tryLock()).isTrue();
    others.writeLock().unlock();
  }

  @Test
  @Shows(API)
  void whoReadsIsRefusedTheWriteLockAtOnce() throws InterruptedException {
    String a = name("a");
    Tyer one = client();
    ReadWriteLock lock = one.readWriteLock(a).asJavaReadWriteLock();
    lock.readLock().lock();
    lock.readLock().lock();
    Lock write = lock.writeLock();
    assertThatThrownBy(write::lock).isInstanceOf(IllegalStateException.class);
    assertThat(write.tryLock()).isFalse();
    assertThat(write.tryLock(1, TimeUnit.SECONDS)).isFalse();
    assertThat(inLine(one, a)).isEqualTo(1);
    lock.readLock().unlock();
    lock.readLock().unlock();
    assertThat(inLine(one, a)).isZero();
    assertThat(write.tryLock()).isTrue();
    write.unlock();
  }

  @Test
  @Shows(API)
  void conditionsAreRefused() {
    ReadWriteLock lock = client().readWriteLock(name("a")).asJavaReadWriteLock();
    assertThatThrownBy(lock.readLock()::newCondition)
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(lock.writeLock()::newCondition)
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
