package io.tyer.testkit.contract;

import static io.tyer.testkit.contract.Promise.API;
import static io.tyer.testkit.contract.Promise.L2;
import static io.tyer.testkit.contract.Promise.S1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.JavaLock;
import io.tyer.Lease;
import io.tyer.LeaseLostException;
import io.tyer.Tyer;
import io.tyer.testkit.host.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.Test;

/** Locks as {@code java.util.concurrent.locks} knows them: reentrant, and owned by threads. */
@SuppressWarnings("LockNotBeforeTry") // what is shown here is locking itself
public abstract class JavaLockContract extends ContractTest {

  @Test
  @Shows(API)
  void aThreadReentersAndUnlocksAsOften() throws Exception {
    String a = name("a");
    Tyer one = client();
    Lock others = client().lock(a).asJavaLock();
    JavaLock lock = one.lock(a).asJavaLock();
    lock.lock();
    lock.lockInterruptibly();
    assertThat(lock.tryLock()).isTrue();
    assertThat(lock.tryLock(1, TimeUnit.SECONDS)).isTrue();
    for (int holds = 4; holds > 0; holds--) {
      assertThat(lock.holdCount()).isEqualTo(holds);
      assertThat(others.tryLock()).isFalse();
      assertThat(inLine(one, a)).isEqualTo(1);
      lock.unlock();
    }
    assertThat(lock.holdCount()).isZero();
    assertThat(others.tryLock()).isTrue();
    others.unlock();
  }

  @Test
  @Shows(API)
  void viewsOfOneNameShareAThreadsHolds() {
    String a = name("a");
    Tyer one = client();
    JavaLock lock = one.lock(a).asJavaLock();
    JavaLock same = one.readWriteLock(a).writeLock().asJavaLock();
    lock.lock();
    assertThat(same.tryLock()).isTrue();
    assertThat(lock.holdCount()).isEqualTo(2);
    assertThat(same.lease()).isEqualTo(lock.lease());
    same.unlock();
    same.unlock();
    assertThat(lock.holdCount()).isZero();
    assertThat(lock.lease()).isEmpty();
    assertThat(inLine(one, a)).isZero();
  }

  @Test
  @Shows(API)
  void onlyTheHoldingThreadUnlocks() throws Exception {
    String a = name("a");
    JavaLock lock = client().lock(a).asJavaLock();
    lock.lock();
    Lease lease = lock.lease().orElseThrow();
    Throwable refused =
        Outcomes.failure(
            call(() -> {
                  assertThat(lock.holdCount()).isZero();
                  assertThat(lock.lease()).isEmpty();
                  assertThat(lock.tryLock()).isFalse();
                  lock.unlock();
                  return "unlocked";
                })
                .outcome);
    assertThat(refused).isInstanceOf(IllegalMonitorStateException.class);
    assertThat(lease.isValid()).isTrue();
    lock.unlock();
    assertThatThrownBy(lock::unlock).isInstanceOf(IllegalMonitorStateException.class);
  }

  @Test
  @Shows({API, L2})
  void tryLockWithATimeWaitsThatLongAndIsGrantedWithinIt() throws Exception {
    String a = name("a");
    Tyer one = client();
    JavaLock lock = one.lock(a).asJavaLock();
    Lock others = client().lock(a).asJavaLock();
    lock.lock();
    Callers.Calling<Duration> late =
        call(
            () -> {
              long start = System.nanoTime();
              assertThat(others.tryLock(300, TimeUnit.MILLISECONDS)).isFalse();
              return Outcomes.since(start);
            });
    assertThat(get(late.outcome))
        .isGreaterThanOrEqualTo(Duration.ofMillis(300))
        .isLessThan(Duration.ofMillis(300).plus(Outcomes.SLACK));
    awaitLine(one, a, 1);
    Callers.Calling<Boolean> inTime =
        call(
            () -> {
              boolean locked = others.tryLock(30, TimeUnit.SECONDS);
              others.unlock();
              return locked;
            });
    awaitLine(one, a, 2);
    lock.unlock();
    assertThat(get(inTime.outcome)).isTrue();
  }

  @Test
  @Shows({API, L2})
  void lockInterruptiblyEndsWhenInterrupted() throws Exception {
    String a = name("a");
    Tyer one = client();
    Lock lock = one.lock(a).asJavaLock();
    JavaLock others = client().lock(a).asJavaLock();
    lock.lock();
    Callers.Calling<Boolean> waiting =
        call(
            () -> {
              assertThatThrownBy(others::lockInterruptibly)
                  .isInstanceOf(InterruptedException.class);
              return others.holdCount() == 0 && !Thread.currentThread().isInterrupted();
            });
    awaitLine(one, a, 2);
    waiting.interrupt();
    assertThat(get(waiting.outcome)).isTrue();
    awaitLine(one, a, 1);
    lock.unlock();
  }

  @Test
  @Shows(API)
  void lockGoesOnWaitingWhenInterruptedAndKeepsTheFlag() throws Exception {
    String a = name("a");
    Tyer one = client();
    Lock lock = one.lock(a).asJavaLock();
    Lock others = client().lock(a).asJavaLock();
    lock.lock();
    Callers.Calling<Boolean> waiting =
        call(
            () -> {
              others.lock();
              boolean interrupted = Thread.interrupted();
              others.unlock();
              return interrupted;
            });
    awaitLine(one, a, 2);
    waiting.interrupt();
    Await.pause(Duration.ofMillis(100));
    assertThat(waiting.outcome).isNotDone();
    assertThat(inLine(one, a)).isEqualTo(2);
    lock.unlock();
    assertThat(get(waiting.outcome)).isTrue();
  }

  @Test
  @Shows(API)
  void anInterruptedThreadMayTryButNotWait() throws Exception {
    JavaLock lock = client().lock(name("a")).asJavaLock();
    Callers.Calling<String> calling =
        call(
            () -> {
              Thread.currentThread().interrupt();
              assertThat(lock.tryLock()).isTrue();
              assertThat(Thread.interrupted()).isTrue();
              lock.unlock();
              Thread.currentThread().interrupt();
              assertThatThrownBy(() -> lock.tryLock(1, TimeUnit.SECONDS))
                  .isInstanceOf(InterruptedException.class);
              return "holds " + lock.holdCount();
            });
    assertThat(get(calling.outcome)).isEqualTo("holds 0");
  }

  @Test
  @Shows(value = API, under = Fault.FORCE)
  void afterALossTheOutermostUnlockThrowsAndHasLetGo() throws Exception {
    String a = name("a");
    expectForce();
    JavaLock lock = client().lock(a).asJavaLock();
    Tyer operator = client();
    lock.lock();
    lock.lock();
    Lease lease = lock.lease().orElseThrow();
    assertThat(operator.operator().removeNow(a, OptionalLong.empty())).isEqualTo(1);
    Await.until("lost", () -> !lease.isValid());
    assertThatThrownBy(lock::lock).isInstanceOf(LeaseLostException.class);
    lock.unlock();
    assertThatThrownBy(lock::unlock).isInstanceOf(LeaseLostException.class);
    assertThat(lock.holdCount()).isZero();
    assertThatThrownBy(lock::unlock).isInstanceOf(IllegalMonitorStateException.class);
    lock.lock();
    assertThat(lock.lease().orElseThrow().isValid()).isTrue();
    lock.unlock();
  }

  @Test
  @Shows(S1)
  void threadsOfOneAndOfSeveralClientsExcludeEachOther() throws Exception {
    String a = name("a");
    int[] counter = new int[1]; // guarded by the lock alone
    List<Callers.Calling<Boolean>> callings = new ArrayList<>();
    for (int c = 0; c < 2; c++) {
      Lock lock = client().lock(a).asJavaLock();
      for (int t = 0; t < 3; t++) {
        callings.add(
            call(
                () -> {
                  for (int i = 0; i < 30; i++) {
                    lock.lock();
                    try {
                      counter[0]++;
                    } finally {
                      lock.unlock();
                    }
                  }
                  return true;
                }));
      }
    }
    for (Callers.Calling<Boolean> calling : callings) {
      assertThat(get(calling.outcome)).isTrue();
    }
    assertThat(counter[0]).isEqualTo(180);
  }
}
