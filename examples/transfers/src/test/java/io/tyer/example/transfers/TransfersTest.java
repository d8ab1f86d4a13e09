package io.tyer.example.transfers;

import static io.tyer.example.transfers.TwoTellers.ANN;
import static io.tyer.example.transfers.TwoTellers.BOB;
import static io.tyer.example.transfers.TwoTellers.CID;
import static io.tyer.example.transfers.TwoTellers.DOT;
import static io.tyer.example.transfers.TwoTellers.transfer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Lease;
import io.tyer.example.transfers.Transfer.State;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of transfers whom nothing strikes. */
@Timeout(180)
class TransfersTest {

  private final TwoTellers tellers = new TwoTellers();

  TransfersTest() throws SQLException {}

  @AfterEach
  void close() throws SQLException {
    tellers.assertNothingIsLost();
    assertThat(tellers.other.operator().locks("")).isEmpty();
    tellers.close();
  }

  @Test
  void movesMoneyBetweenTheDatabasesAndWithinOne() throws Exception {
    assertThat(tellers.successor().transfer(transfer(ANN, DOT, 100))).isEqualTo(State.DONE);
    assertThat(tellers.successor().transfer(transfer(DOT, CID, 30))).isEqualTo(State.DONE);
    assertThat(tellers.balance(ANN)).isEqualTo(HostedBanks.EACH - 100);
    assertThat(tellers.balance(DOT)).isEqualTo(HostedBanks.EACH + 70);
    assertThat(tellers.balance(CID)).isEqualTo(HostedBanks.EACH + 30);
  }

  @Test
  void theSameTransferAgainMovesNothing() throws Exception {
    Transfer transfer = transfer(ANN, DOT, 100);
    assertThat(tellers.successor().transfer(transfer)).isEqualTo(State.DONE);
    assertThat(tellers.by(tellers.one, step -> {}).transfer(transfer)).isEqualTo(State.DONE);
    assertThat(tellers.balance(DOT)).isEqualTo(HostedBanks.EACH + 100);
    Transfer other = new Transfer(transfer.id(), ANN, CID, 100);
    assertThatThrownBy(() -> tellers.successor().transfer(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("belongs to another transfer");
  }

  @Test
  void whatIsNotCoveredIsNotBegun() throws Exception {
    Transfer transfer = transfer(ANN, DOT, HostedBanks.EACH + 1);
    assertThat(tellers.successor().transfer(transfer)).isEqualTo(State.NOT_ENOUGH);
    assertThat(tellers.state(transfer)).isEqualTo(State.BUSY);
  }

  @Test
  void whatTheReceiverCannotTakeComesBack() throws Exception {
    Transfer transfer = transfer(ANN, DOT, HostedBanks.MOST - HostedBanks.EACH + 1);
    assertThat(tellers.successor().transfer(transfer)).isEqualTo(State.RETURNED);
    assertThat(tellers.balance(ANN)).isEqualTo(HostedBanks.EACH);
  }

  @Test
  void whoWaitsInVainForTheSecondLockGivesTheFirstBack() throws Exception {
    Transfers hurried =
        new Transfers(tellers.one, tellers.banks, Duration.ofMillis(50), step -> {});
    try (Lease held = tellers.other.lock(DOT.lock()).acquire()) {
      assertThat(held.isValid()).isTrue();
      assertThat(hurried.transfer(transfer(DOT, ANN, 1))).isEqualTo(State.BUSY);
      try (Lease first = tellers.other.lock(ANN.lock()).tryAcquire().orElseThrow()) {
        assertThat(first.isValid()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoWaitsForTheFirstLockHasNotTheSecond(boolean there) throws Exception {
    Transfer transfer = there ? transfer(BOB, CID, 1) : transfer(CID, BOB, 1);
    CompletableFuture<State> waiter = new CompletableFuture<>();
    try (Lease first = tellers.other.lock(BOB.lock()).acquire()) {
      assertThat(first.isValid()).isTrue();
      Transfers transfers = tellers.by(tellers.one, step -> {});
      new Thread(() -> complete(waiter, transfers, transfer), "waiter").start();
      while (tellers.other.operator().locks(BOB.lock()).get(0).line().size() < 2) {
        Thread.onSpinWait();
      }
      assertThat(tellers.other.operator().locks(CID.lock())).isEmpty();
    }
    assertThat(waiter.get(60, TimeUnit.SECONDS)).isEqualTo(State.DONE);
  }

  private static void complete(
      CompletableFuture<State> result, Transfers transfers, Transfer transfer) {
    try {
      result.complete(transfers.transfer(transfer));
    } catch (SQLException | InterruptedException | RuntimeException e) {
      result.completeExceptionally(e);
    }
  }

  @Test
  void refusesWhatIsNoTransfer() {
    assertThatThrownBy(() -> transfer(ANN, ANN, 1)).hasMessageContaining("between two accounts");
    assertThatThrownBy(() -> transfer(ANN, DOT, 0)).hasMessageContaining("more than zero");
  }
}
