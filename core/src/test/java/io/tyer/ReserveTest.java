package io.tyer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tickets that are taken before they are used, where bias can be had. */
@Timeout(180)
class ReserveTest {

  private final MemoryClients clients = new MemoryClients();
  private final Map<String, Integer> calls = new ConcurrentHashMap<>();
  private final Tyer other = clients.open();

  @AfterEach
  void close() {
    clients.close();
  }

  private final class Counting implements TyerListener {
    @Override
    public void storeCall(String operation, Duration took, boolean succeeded) {
      calls.merge(operation, 1, Integer::sum);
    }
  }

  private Tyer open(String options) {
    return clients.opened(
        Tyer.builder(clients.uri() + "?" + options).listener(new Counting()).open());
  }

  private int enters() {
    return calls.getOrDefault("enter", 0);
  }

  @Test
  void theFirstAcquireAsksNobody() throws InterruptedException {
    Tyer keeper = open("bias=true");
    assertThat(keeper.lock("a").reserve()).isEqualTo(Reservation.RESERVED);
    assertThat(enters()).isOne();
    try (Lease lease = keeper.lock("a").acquire()) {
      assertThat(lease.isValid()).isTrue();
    }
    assertThat(enters()).isOne();
    assertThat(calls).doesNotContainKey("leave");
  }

  @Test
  void whatIsKeptOrHeldHereIsReserved() throws InterruptedException {
    Tyer keeper = open("bias=true");
    keeper.lock("a").acquire().close();
    assertThat(keeper.lock("a").reserve()).isEqualTo(Reservation.RESERVED);
    try (Lease lease = keeper.lock("a").acquire()) {
      assertThat(keeper.lock("a").reserve()).isEqualTo(Reservation.RESERVED);
      assertThat(lease.isValid()).isTrue();
    }
    assertThat(enters()).isOne();
  }

  @Test
  void manyAreReservedAtOnce() throws InterruptedException {
    Tyer keeper = open("bias=true");
    try (Lease theirs = other.lock("b").acquire()) {
      assertThat(theirs.isValid()).isTrue();
      assertThat(keeper.reserve(List.of("c", "b", "a", "c")))
          .containsExactly(
              Map.entry("c", Reservation.RESERVED),
              Map.entry("b", Reservation.BUSY),
              Map.entry("a", Reservation.RESERVED));
    }
    assertThat(other.lock("b").view().line()).isEmpty();
    int before = enters();
    keeper.lock("a").acquire().close();
    keeper.lock("c").acquire().close();
    assertThat(enters()).isEqualTo(before);
    assertThat(keeper.reserve(List.of())).isEmpty();
    assertThatThrownBy(() -> keeper.reserve(List.of("d", "")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(other.lock("d").view().line()).isEmpty();
  }

  @Test
  void itIsGivenToWhoWantsIt() throws InterruptedException {
    Tyer keeper = open("bias=true");
    assertThat(keeper.lock("a").reserve()).isEqualTo(Reservation.RESERVED);
    try (Lease theirs = other.lock("a").acquire()) {
      assertThat(theirs.isValid()).isTrue();
      assertThat(keeper.lock("a").reserve()).isEqualTo(Reservation.BUSY);
    }
  }

  @Test
  void whatAnotherOneMerelyKeepsIsRecalled() throws InterruptedException {
    Tyer keeper = open("bias=true");
    Tyer rival = clients.open("bias=true");
    assertThat(rival.lock("a").reserve()).isEqualTo(Reservation.RESERVED);
    assertThat(keeper.lock("a").reserve()).isEqualTo(Reservation.RESERVED);
  }

  @Test
  void whereBiasCannotBeHadThatIsTheAnswer() throws Exception {
    Tyer plain = open("");
    assertThat(plain.lock("a").reserve()).isEqualTo(Reservation.NOT_KEPT);
    assertThat(plain.reserve(List.of("a"))).containsExactly(Map.entry("a", Reservation.NOT_KEPT));
    Tyer strict = open("order=strict");
    assertThat(strict.lock("a").biased(true).reserve()).isEqualTo(Reservation.NOT_KEPT);
    Tyer keeper = open("bias=true");
    DistributedReadWriteLock lock = keeper.readWriteLock("a");
    assertThat(lock.readLock().reserve()).isEqualTo(Reservation.NOT_KEPT);
    assertThat(keeper.lock("a").biased(false).reserve()).isEqualTo(Reservation.NOT_KEPT);
    assertThat(enters()).as("without asking the store").isZero();
    assertThat(lock.writeLock().reserve()).isEqualTo(Reservation.RESERVED);
    assertThat(plain.lock("b").biased(true).reserveAsync().get(60, TimeUnit.SECONDS))
        .isEqualTo(Reservation.RESERVED);
  }

  @Test
  void aLongestHoldIsThatOfLeasesAndNoneOfAReservation() throws InterruptedException {
    DistributedLock lock = open("bias=true").lock("a").maxHold(Duration.ofDays(1));
    assertThat(lock.reserve()).isEqualTo(Reservation.RESERVED);
    lock.acquire().close();
    assertThat(enters()).isOne();
  }

  @Test
  void aClosedClientReservesNothing() {
    Tyer keeper = open("bias=true");
    keeper.close();
    assertThatThrownBy(() -> keeper.lock("a").reserve()).isInstanceOf(TyerClosedException.class);
    assertThatThrownBy(() -> keeper.lock("a").biased(false).reserve())
        .isInstanceOf(TyerClosedException.class);
  }
}
