package io.tyer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A lease's longest hold is put off, and what that comes to of leases that are not held. */
@Timeout(180)
class ExtendTest {

  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofDays(1);

  private final MemoryClients clients = new MemoryClients();
  private final Tyer one = clients.open("ttl=1s");
  private final Tyer two = clients.open();

  @AfterEach
  void close() {
    clients.close();
  }

  private static CompletableFuture<LossCause> loss(Lease lease) {
    CompletableFuture<LossCause> told = new CompletableFuture<>();
    lease.onLost(told::complete);
    return told;
  }

  private static LossCause get(CompletableFuture<LossCause> loss) throws Exception {
    return loss.get(60, TimeUnit.SECONDS);
  }

  private static void assertLost(Lease lease, LossCause cause) {
    assertThatThrownBy(() -> lease.extend(LONG))
        .isInstanceOfSatisfying(
            LeaseLostException.class, e -> assertThat(e.lossCause()).isEqualTo(cause));
  }

  /** The one that was put off is held beside one that was not, which began later. */
  @Test
  void whatIsExtendedOutlastsItsFirstMaximum() throws Exception {
    Lease lease = one.lock("a").maxHold(Duration.ofSeconds(5)).acquire();
    lease.extend(LONG);
    Lease later = one.lock("b").maxHold(Duration.ofSeconds(5)).acquire();
    assertThat(get(loss(later))).isEqualTo(LossCause.MAX_HOLD);
    assertThat(lease.isValid()).isTrue();
    lease.close();
    later.close();
  }

  @Test
  void whatIsNotExtendedAgainEndsAndIsToldBeforeTheNextGrant() throws Exception {
    List<LossCause> told = new CopyOnWriteArrayList<>();
    Lease lease = one.lock("a").maxHold(LONG.dividedBy(24)).acquire();
    lease.extend(SHORT);
    assertThat(lease.isValid()).as("never shortened").isTrue();
    lease.close();
    Lease ends = one.lock("a").maxHold(Duration.ofSeconds(5)).acquire();
    ends.extend(Duration.ofSeconds(6));
    ends.onLost(told::add);
    try (Lease next = two.lock("a").acquire()) {
      assertThat(told).containsExactly(LossCause.MAX_HOLD);
      assertThat(next.isValid()).isTrue();
    }
    assertLost(ends, LossCause.MAX_HOLD);
    ends.close();
  }

  @Test
  void oneWithoutAMaximumHasNoneAfterwards() throws Exception {
    Lease lease = one.lock("a").acquire();
    lease.extend(Duration.ofNanos(1));
    Lease other = one.lock("b").maxHold(SHORT).acquire();
    assertThat(get(loss(other))).isEqualTo(LossCause.MAX_HOLD);
    assertThat(lease.isValid()).isTrue();
    lease.close();
    other.close();
  }

  @Test
  void neitherAClosedNorALostOneIsExtended() throws Exception {
    Lease closed = one.lock("a").maxHold(LONG).acquire();
    closed.close();
    assertThatThrownBy(() -> closed.extend(LONG)).isInstanceOf(IllegalStateException.class);
    Lease revoked = one.lock("a").maxHold(LONG).acquire();
    assertThat(two.operator().revoke("a", OptionalLong.empty())).isOne();
    assertThat(get(loss(revoked))).isEqualTo(LossCause.REVOKED);
    assertLost(revoked, LossCause.REVOKED);
    revoked.close();
    assertThatThrownBy(() -> revoked.extend(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("more than 0");
  }

  @Test
  void allLocksOfOneLeaseAreExtended() throws Exception {
    Duration most = Duration.ofSeconds(5);
    Lease both = one.all(one.lock("a"), one.lock("b").maxHold(most)).maxHold(most).acquire();
    both.extend(LONG);
    Lease later = one.lock("c").maxHold(most).acquire();
    assertThat(get(loss(later))).isEqualTo(LossCause.MAX_HOLD);
    assertThat(both.isValid()).isTrue();
    assertThat(two.operator().removeNow("b", OptionalLong.empty())).isOne();
    assertThat(get(loss(both))).isEqualTo(LossCause.REMOVED);
    assertLost(both, LossCause.REMOVED);
    both.close();
    later.close();
    assertThatThrownBy(() -> both.extend(LONG)).isInstanceOf(RuntimeException.class);
  }

  @Test
  @SuppressWarnings("LockNotBeforeTry") // what is tested here is locking itself
  void aViewIsExtendedByItsLease() throws Exception {
    Duration most = Duration.ofSeconds(5);
    JavaLock view = one.lock("a").maxHold(most).asJavaLock();
    view.lock();
    view.lock();
    view.lease().orElseThrow().extend(LONG);
    Lease later = one.lock("b").maxHold(most).acquire();
    assertThat(get(loss(later))).isEqualTo(LossCause.MAX_HOLD);
    later.close();
    view.unlock();
    view.unlock();
    assertThat(two.lock("a").view().line()).isEmpty();
  }

  @Test
  void oneThatIsReportedWhenItIsForgottenIsExtendedToo() throws Exception {
    Tyer reporting = clients.open("report-unclosed=true");
    Lease lease = reporting.lock("a").maxHold(Duration.ofSeconds(5)).acquire();
    lease.extend(LONG);
    lease.close();
    assertThatThrownBy(() -> lease.extend(LONG)).isInstanceOf(IllegalStateException.class);
  }
}
