package io.tyer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class ReadWriteLockTest {

  private final MemoryClients clients = new MemoryClients();
  private final Tyer one = clients.open();
  private final Tyer two = clients.open();

  @AfterEach
  void close() {
    clients.close();
  }

  @Test
  void readersShareWithinAndAcrossClients() throws InterruptedException {
    try (Lease a = one.readWriteLock("a").readLock().acquire();
        Lease b = one.readWriteLock("a").readLock().acquire();
        Lease c = two.readWriteLock("a").readLock().tryAcquire().orElseThrow()) {
      assertThat(a.isValid() && b.isValid() && c.isValid()).isTrue();
      assertThat(two.readWriteLock("a").writeLock().tryAcquire().asOptional()).isEmpty();
      assertThat(one.lock("a").tryAcquire().asOptional()).isEmpty();
      assertThat(a.token()).isNotEqualTo(b.token());
    }
    one.readWriteLock("a").writeLock().tryAcquire().orElseThrow().close();
  }

  @Test
  void aWaitingWriterStopsNewReadersHereAndElsewhere() throws Exception {
    Lease reader = one.readWriteLock("a").readLock().acquire();
    CompletableFuture<Lease> writer = two.readWriteLock("a").writeLock().acquireAsync();
    Await.until("in line", () -> one.operator().locks("a").get(0).line().size() == 2);
    assertThat(two.readWriteLock("a").readLock().tryAcquire().asOptional()).isEmpty();
    CompletableFuture<Lease> late = two.readWriteLock("a").readLock().acquireAsync();
    reader.close();
    Lease write = writer.get(60, TimeUnit.SECONDS);
    assertThat(late).isNotDone();
    write.close();
    late.get(60, TimeUnit.SECONDS).close();
  }

  @Test
  void aLocalWriterIsNotHeldUpByReadersThatKeepJoining() throws Exception {
    Lease reader = one.readWriteLock("a").readLock().acquire();
    CompletableFuture<Lease> writer = one.readWriteLock("a").writeLock().acquireAsync();
    Await.until("in line", () -> one.operator().locks("a").get(0).line().size() == 2);
    CompletableFuture<Lease> late = one.readWriteLock("a").readLock().acquireAsync();
    reader.close();
    writer.get(60, TimeUnit.SECONDS).close();
    late.get(60, TimeUnit.SECONDS).close();
  }

  @Test
  void aDowngradeLetsReadersInAndKeepsWritersOut() throws Exception {
    Lease lease = one.readWriteLock("a").writeLock().acquire();
    long token = lease.token();
    CompletableFuture<Lease> reader = two.readWriteLock("a").readLock().acquireAsync();
    Await.until("in line", () -> one.operator().locks("a").get(0).line().size() == 2);
    lease.downgrade();
    lease.downgrade();
    assertThat(lease.isValid()).isTrue();
    assertThat(lease.token()).isEqualTo(token);
    Lease read = reader.get(10, TimeUnit.SECONDS);
    assertThat(two.readWriteLock("a").writeLock().tryAcquire().asOptional()).isEmpty();
    read.close();
    lease.close();
    two.readWriteLock("a").writeLock().tryAcquire().orElseThrow().close();
  }

  @Test
  void aDowngradeServesLocalWritersAfterTheReader() throws Exception {
    Lease lease = one.readWriteLock("a").writeLock().acquire();
    CompletableFuture<Lease> writer = one.readWriteLock("a").writeLock().acquireAsync();
    lease.downgrade();
    assertThat(writer).isNotDone();
    lease.close();
    writer.get(60, TimeUnit.SECONDS).close();
  }

  @Test
  void aReadLeaseCannotBeDowngraded() throws InterruptedException {
    try (Lease lease = one.readWriteLock("a").readLock().acquire()) {
      assertThatThrownBy(lease::downgrade).isInstanceOf(UnsupportedOperationException.class);
    }
  }
}
