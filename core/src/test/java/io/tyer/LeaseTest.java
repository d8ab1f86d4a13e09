package io.tyer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class LeaseTest {

  private final MemoryClients clients = new MemoryClients();
  private final Tyer one = clients.open();
  private final Tyer two = clients.open();

  @AfterEach
  void close() {
    clients.close();
  }

  @Test
  void aClosedLeaseIsNeitherValidNorLost() throws Exception {
    Lease lease = one.lock("a").acquire();
    List<LossCause> told = new CopyOnWriteArrayList<>();
    lease.onLost(told::add);
    long token = lease.token();
    lease.close();
    lease.close();
    lease.closeAsync().get(5, TimeUnit.SECONDS);
    assertThat(lease.isValid()).isFalse();
    assertThat(lease.remaining()).isEqualTo(Duration.ZERO);
    assertThat(lease.token()).isEqualTo(token);
    assertThatThrownBy(lease::checkValid).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(lease::downgrade).isInstanceOf(IllegalStateException.class);
    one.close();
    assertThat(told).isEmpty();
  }

  @Test
  void aTokenCannotBeDrawnAfterClosing() throws InterruptedException {
    Lease lease = one.lock("a").acquire();
    lease.close();
    assertThatThrownBy(lease::token).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void remainingIsWithinTheTtl() throws InterruptedException {
    try (Lease lease = one.lock("a").acquire()) {
      assertThat(lease.remaining()).isBetween(Duration.ofSeconds(5), Duration.ofMillis(13_500));
      lease.checkValid();
    }
  }

  @Test
  void aMaximumHoldIsToldAndThenGivenBack() throws InterruptedException {
    Tyer quick = clients.open("ttl=1s");
    List<LossCause> told = new CopyOnWriteArrayList<>();
    Lease lease = quick.lock("a").maxHold(Duration.ofMillis(50)).acquire();
    lease.onLost(told::add);
    try (Lease next = two.lock("a").acquire()) {
      assertThat(lease.isValid()).isFalse();
      assertThat(told).containsExactly(LossCause.MAX_HOLD);
      assertThat(next.isValid()).isTrue();
      assertThatThrownBy(lease::checkValid)
          .isInstanceOfSatisfying(
              LeaseLostException.class,
              e -> assertThat(e.lossCause()).isEqualTo(LossCause.MAX_HOLD));
    }
    lease.close();
  }

  @Test
  void aRevokedHolderIsToldAndThenGivesBack() throws InterruptedException {
    Tyer quick = clients.open("ttl=1s");
    List<LossCause> told = new CopyOnWriteArrayList<>();
    Lease lease = quick.lock("a").acquire();
    lease.onLost(told::add);
    assertThat(two.operator().revoke("a", OptionalLong.empty())).isEqualTo(1);
    try (Lease next = two.lock("a").acquire()) {
      assertThat(told).containsExactly(LossCause.REVOKED);
      assertThat(lease.isValid()).isFalse();
      assertThat(next.isValid()).isTrue();
    }
    assertThat(two.operator().revoke("a", OptionalLong.empty())).isZero();
  }

  @Test
  void aTicketRemovedAtOnceIsToldAsRemoved() throws InterruptedException {
    List<LossCause> told = new CopyOnWriteArrayList<>();
    Lease lease = one.lock("a").acquire();
    lease.onLost(told::add);
    long number = lease.token() >> 12;
    assertThat(two.operator().removeNow("a", OptionalLong.of(number + 1))).isZero();
    assertThat(two.operator().removeNow("a", OptionalLong.of(number))).isEqualTo(1);
    try (Lease next = two.lock("a").tryAcquire().orElseThrow()) {
      Await.until("told", () -> told.equals(List.of(LossCause.REMOVED)));
      assertThat(lease.isValid()).isFalse();
      assertThat(next.token()).isGreaterThan(lease.token());
    }
  }

  @Test
  void closingAClientTellsItsHoldersFailsItsWaitersAndGivesBack() throws Exception {
    List<LossCause> told = new CopyOnWriteArrayList<>();
    Lease held = one.lock("a").acquire();
    held.onLost(told::add);
    Lease other = two.lock("b").acquire();
    CompletableFuture<Lease> waiter = one.lock("b").acquireAsync();
    one.close();
    Await.until("told", () -> told.equals(List.of(LossCause.CLOSED)));
    assertThat(held.isValid()).isFalse();
    assertThatThrownBy(() -> waiter.get(5, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(TyerClosedException.class);
    two.lock("a").tryAcquire().orElseThrow().close();
    assertThat(two.operator().locks("b").get(0).line()).hasSize(1);
    other.close();
    held.close();
    assertThatThrownBy(() -> one.lock("a").acquire()).isInstanceOf(TyerClosedException.class);
    assertThatThrownBy(() -> one.operator().locks("")).isInstanceOf(TyerClosedException.class);
  }

  @Test
  void aListenerAddedAfterTheLossIsToldAtOnce() throws InterruptedException {
    Lease held = one.lock("a").acquire();
    one.close();
    List<LossCause> told = new CopyOnWriteArrayList<>();
    held.onLost(
        cause -> {
          told.add(cause);
          throw new IllegalStateException("a listener's own fault");
        });
    Await.until("told", () -> told.equals(List.of(LossCause.CLOSED)));
  }

  @Test
  void aForgottenLeaseIsReportedButNotFreed() throws InterruptedException {
    Tyer reporting = clients.open("report-unclosed=true");
    Lease lease = reporting.lock("a").acquire();
    assertThat(lease.isValid()).isTrue();
    assertThat(two.lock("a").tryAcquire().asOptional()).isEmpty();
    lease.close();
    assertThat(lease.isValid()).isFalse();
  }
}
