package io.tyer.testkit.contract;

import static io.tyer.testkit.contract.Promise.API;
import static io.tyer.testkit.contract.Promise.L1;
import static io.tyer.testkit.contract.Promise.L2;
import static io.tyer.testkit.contract.Promise.S1;
import static io.tyer.testkit.contract.Promise.S4;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.DistributedReadWriteLock;
import io.tyer.Lease;
import io.tyer.OptionalLease;
import io.tyer.Tyer;
import io.tyer.testkit.logs.RecordedLogs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many readers or one writer, all in one line. */
public abstract class ReadWriteContract extends ContractTest {

  @Test
  @Shows(S1)
  void readersOfSeveralClientsShareAndKeepWritersOut() throws Exception {
    String a = name("a");
    DistributedReadWriteLock one = client().readWriteLock(a);
    Tyer two = client();
    Lease first = one.readLock().acquire();
    try (Lease second = two.readWriteLock(a).readLock().tryAcquire().orElseThrow()) {
      assertThat(first.isValid() && second.isValid()).isTrue();
      assertThat(first.token()).isNotEqualTo(second.token());
      assertThat(one.writeLock().tryAcquire().asOptional()).isEmpty();
      assertThat(two.readWriteLock(a).writeLock().tryAcquire().asOptional()).isEmpty();
      first.close();
      assertThat(one.writeLock().tryAcquire().asOptional()).isEmpty();
      assertThat(second.isValid()).isTrue();
    }
    try (Lease writer = one.writeLock().tryAcquire().orElseThrow()) {
      assertThat(two.readWriteLock(a).readLock().tryAcquire().asOptional()).isEmpty();
      assertThat(writer.isValid()).isTrue();
    }
  }

  @Test
  @Shows(S1)
  void aMutexAndTheWriteHalfAreOneLock() throws Exception {
    String a = name("a");
    Tyer one = client();
    Tyer two = client();
    try (Lease mutex = one.lock(a).acquire()) {
      assertThat(two.readWriteLock(a).writeLock().tryAcquire().asOptional()).isEmpty();
      assertThat(two.readWriteLock(a).readLock().tryAcquire().asOptional()).isEmpty();
      assertThat(mutex.isValid()).isTrue();
    }
    try (Lease reader = two.readWriteLock(a).readLock().acquire()) {
      assertThat(one.lock(a).tryAcquire().asOptional()).isEmpty();
      assertThat(reader.isValid()).isTrue();
    }
    try (Lease writer = two.readWriteLock(a).writeLock().tryAcquire().orElseThrow()) {
      assertThat(one.lock(a).tryAcquire().asOptional()).isEmpty();
      assertThat(writer.isValid()).isTrue();
    }
  }

  @Test
  @Shows(S4)
  void aWaitingWriterStopsNewReaders() throws Exception {
    String a = name("a");
    Tyer one = client();
    Tyer two = client();
    Tyer three = client();
    Lease reader = one.readWriteLock(a).readLock().acquire();
    CompletableFuture<Lease> writer = two.readWriteLock(a).writeLock().acquireAsync();
    awaitLine(one, a, 2);
    assertThat(three.readWriteLock(a).readLock().tryAcquire().asOptional()).isEmpty();
    CompletableFuture<Lease> late = three.readWriteLock(a).readLock().acquireAsync();
    awaitLine(one, a, 3);
    assertThat(Line.granted(one, a)).containsExactly(true, false, false);
    reader.close();
    Lease write = get(writer);
    assertThat(Line.granted(one, a)).containsExactly(true, false);
    assertThat(late).isNotDone();
    write.close();
    get(late).close();
  }

  @Test
  @Shows({S1, L1})
  void aWriterWaitsForAllReaders() throws Exception {
    String a = name("a");
    List<Lease> readers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      readers.add(client().readWriteLock(a).readLock().acquire());
    }
    Tyer writing = client();
    CompletableFuture<Lease> writer = writing.readWriteLock(a).writeLock().acquireAsync();
    awaitLine(writing, a, 4);
    for (int left = 3; left > 0; left--) {
      assertThat(Line.granted(writing, a)).hasSize(left + 1).last().isEqualTo(false);
      assertThat(writer).isNotDone();
      readers.remove(left / 2).close();
    }
    get(writer).close();
  }

  @Test
  @Shows({S4, L1})
  void aLeavingWriterLetsAllReadersInAtOnce() throws Exception {
    String a = name("a");
    Tyer writing = client();
    Lease writer = writing.readWriteLock(a).writeLock().acquire();
    List<CompletableFuture<Lease>> readers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      readers.add(client().readWriteLock(a).readLock().acquireAsync());
    }
    awaitLine(writing, a, 4);
    assertThat(Line.granted(writing, a)).containsExactly(true, false, false, false);
    writer.close();
    for (CompletableFuture<Lease> reader : readers) {
      assertThat(get(reader).isValid()).isTrue();
    }
    assertThat(Line.granted(writing, a)).containsExactly(true, true, true);
    for (CompletableFuture<Lease> reader : readers) {
      get(reader).close();
    }
  }

  @Test
  @Shows({S1, S4})
  void aDowngradeLetsQueuedReadersInAndNoWriter() throws Exception {
    String a = name("a");
    Tyer one = client();
    Tyer two = client();
    Tyer three = client();
    Lease lease = one.readWriteLock(a).writeLock().acquire();
    long token = lease.token();
    CompletableFuture<Lease> reader = two.readWriteLock(a).readLock().acquireAsync();
    awaitLine(one, a, 2);
    CompletableFuture<Lease> writer = three.readWriteLock(a).writeLock().acquireAsync();
    awaitLine(one, a, 3);
    lease.downgrade();
    Lease read = get(reader);
    assertThat(Line.granted(one, a)).containsExactly(true, true, false);
    assertThat(lease.isValid()).isTrue();
    assertThat(lease.token()).isEqualTo(token);
    assertThat(writer).isNotDone();
    read.close();
    lease.close();
    Lease written = get(writer);
    assertThat(written.token()).isGreaterThan(token);
    written.close();
  }

  @Test
  @Shows({S1, S4})
  void aWriterThatWaitsGetsNothingBetweenADowngradeAndTheReadersRelease() throws Exception {
    String a = name("a");
    Tyer one = client();
    Tyer two = client();
    Lease lease = one.readWriteLock(a).writeLock().acquire();
    CompletableFuture<Lease> writer = two.readWriteLock(a).writeLock().acquireAsync();
    awaitLine(one, a, 2);
    CompletableFuture<Lease> behind = client().readWriteLock(a).readLock().acquireAsync();
    awaitLine(one, a, 3);
    lease.downgrade();
    assertThat(Line.granted(one, a)).containsExactly(true, false, false);
    assertThat(Line.of(one, a).get(0).exclusive()).isFalse();
    assertThat(lease.isValid()).isTrue();
    assertThat(writer.isDone() || behind.isDone()).isFalse();
    lease.close();
    get(writer).close();
    get(behind).close();
  }

  @Test
  @Shows(API)
  void aRepeatedDowngradeHasNoEffect() throws Exception {
    String a = name("a");
    Tyer one = client();
    try (Lease lease = one.lock(a).acquire()) {
      long number = Line.number(one, a, 0);
      lease.downgrade();
      lease.downgrade();
      assertThat(lease.isValid()).isTrue();
      assertThat(Line.of(one, a)).singleElement().matches(place -> place.number() == number);
      try (Lease reader = client().readWriteLock(a).readLock().tryAcquire().orElseThrow()) {
        assertThat(reader.isValid()).isTrue();
      }
    }
  }

  @Test
  @Shows(API)
  void onlyAnOpenExclusiveLeaseIsDowngraded() throws Exception {
    String a = name("a");
    Tyer one = client();
    try (Lease reader = one.readWriteLock(a).readLock().acquire()) {
      assertThatThrownBy(reader::downgrade).isInstanceOf(UnsupportedOperationException.class);
    }
    try (Lease permit = one.semaphore(a, 2).acquire()) {
      assertThatThrownBy(permit::downgrade).isInstanceOf(UnsupportedOperationException.class);
    }
    Lease writer = one.readWriteLock(a).writeLock().acquire();
    writer.close();
    assertThatThrownBy(writer::downgrade).isInstanceOf(IllegalStateException.class);
  }

  @Test
  @Shows({API, L2})
  void anUpgradeWaitsForItselfAndIsWarned() throws Exception {
    String a = name("a");
    Tyer one = client();
    expectWarning("waits for lock " + a + " while it holds a lease of it");
    Callers.Calling<OptionalLease> upgrade =
        call(
            () -> {
              try (Lease reader = one.readWriteLock(a).readLock().acquire()) {
                OptionalLease none =
                    one.readWriteLock(a).writeLock().tryAcquire(Duration.ofMillis(200));
                assertThat(reader.isValid()).isTrue();
                return none;
              }
            });
    assertThat(get(upgrade.outcome).asOptional()).isEmpty();
    assertThat(RecordedLogs.soFar()).anyMatch(logged -> logged.text().contains("waits for itself"));
    awaitLine(one, a, 0);
  }

  @Test
  @Shows(S1)
  void writersAreAloneAmongReadersOfSeveralClients() throws Exception {
    String a = name("a");
    AtomicInteger readers = new AtomicInteger();
    AtomicInteger writers = new AtomicInteger();
    List<Callers.Calling<Integer>> callings = new ArrayList<>();
    for (int c = 0; c < 3; c++) {
      DistributedReadWriteLock lock = client().readWriteLock(a);
      callings.add(
          call(
              () -> {
                int broken = 0;
                for (int i = 0; i < 25; i++) {
                  try (Lease lease = lock.writeLock().acquire()) {
                    broken += writers.incrementAndGet() - 1 + readers.get();
                    Race.dwell(i);
                    broken += lease.isValid() ? 0 : 1;
                    writers.decrementAndGet();
                  }
                }
                return broken;
              }));
      callings.add(
          call(
              () -> {
                int broken = 0;
                for (int i = 0; i < 25; i++) {
                  try (Lease lease = lock.readLock().acquire()) {
                    readers.incrementAndGet();
                    broken += writers.get();
                    Race.dwell(i);
                    broken += writers.get();
                    broken += lease.isValid() ? 0 : 1;
                    readers.decrementAndGet();
                  }
                }
                return broken;
              }));
    }
    for (Callers.Calling<Integer> calling : callings) {
      assertThat(get(calling.outcome)).isZero();
    }
  }
}
