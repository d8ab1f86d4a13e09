package io.tyer.testkit.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.Lease;
import io.tyer.LockView;
import io.tyer.Tyer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class AftermathTest {

  private static final Duration TTL = Duration.ofSeconds(1);
  private static final Names NAMES = new Names(List.of("a", "b"), List.of(new Names.Pool("c", 2)));

  private static Aftermath aftermath(String uri) {
    return new Aftermath(uri, NAMES, TTL, Duration.ofMillis(500));
  }

  @Test
  void aStoreThatNobodyUsesIsFine() {
    assertThat(aftermath("memory:aftermath-1").acquireAll()).isEmpty();
    assertThat(aftermath("memory:aftermath-1").nothingLeft(null)).isEmpty();
  }

  @Test
  void aLockThatCannotBeHadIsFoundAndSoIsItsTicket() throws Exception {
    String uri = "memory:aftermath-2";
    try (Tyer tyer = Tyer.open(uri);
        Lease lease = tyer.lock("b").acquire()) {
      assertThat(lease.isValid()).isTrue();
      assertThat(aftermath(uri).acquireAll())
          .singleElement()
          .asString()
          .contains("lock b was not granted within");
      assertThat(aftermath(uri).nothingLeft(null)).singleElement().asString().contains("left");
    }
  }

  @Test
  void aLeaseIsFoundByTheTicketItStandsUnder() {
    long token = (7L << 12) + 3;
    assertThat(Keeper.has(List.of(line(Keeper.NAME, 7, true)), token)).isTrue();
    assertThat(Keeper.has(List.of(), token)).isFalse();
    assertThat(Keeper.has(List.of(line(Keeper.NAME, 8, true)), token)).isFalse();
    assertThat(Keeper.has(List.of(line(Keeper.NAME, 7, false)), token)).isFalse();
    assertThat(Keeper.has(List.of(line(Keeper.NAME + "2", 7, true)), token)).isFalse();
  }

  private static LockView line(String name, long number, boolean granted) {
    return new LockView(
        name,
        List.of(
            new LockView.Place(
                number, granted, true, 1, 0, "owner", "session", Instant.EPOCH, false, false)));
  }

  @Test
  void aTicketThatStaysIsNoProblem() {
    Signals never = new Signals();
    AtomicInteger restarts = new AtomicInteger();
    try (Keeper keeper = new Keeper("memory:aftermath-4", restarts::get)) {
      for (int i = 0; i < 1_000 && keeper.looks() < 3; i++) {
        never.pause(10_000_000);
      }
      assertThat(keeper.looksAfterRestart()).isZero();
      restarts.incrementAndGet();
      for (int i = 0; i < 1_000 && keeper.looksAfterRestart() == 0; i++) {
        never.pause(10_000_000);
      }
      keeper.end();
      assertThat(keeper.looksAfterRestart()).isPositive();
      assertThat(keeper.leases()).isEqualTo(1);
      assertThat(keeper.looks()).isGreaterThanOrEqualTo(3);
      assertThat(keeper.problems()).isEmpty();
    }
  }
}
