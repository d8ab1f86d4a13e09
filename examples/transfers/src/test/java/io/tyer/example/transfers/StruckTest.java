package io.tyer.example.transfers;

import static io.tyer.example.transfers.TwoTellers.ANN;
import static io.tyer.example.transfers.TwoTellers.BOB;
import static io.tyer.example.transfers.TwoTellers.CID;
import static io.tyer.example.transfers.TwoTellers.DOT;
import static io.tyer.example.transfers.TwoTellers.transfer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Lease;
import io.tyer.Tyer;
import io.tyer.TyerException;
import io.tyer.example.transfers.Transfer.State;
import io.tyer.example.transfers.Transfers.Step;
import io.tyer.fence.StaleTokenException;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A transfer that ends, or is paused, at each of its steps. */
@Timeout(180)
class StruckTest {

  /** Where the journal does not know of it yet. */
  private static final Set<Step> NOT_BEGUN = Set.of(Step.LOCKED, Step.SENDING);

  private final TwoTellers tellers = new TwoTellers();
  private final Transfer struck = transfer(ANN, DOT, 100);

  StruckTest() throws SQLException {}

  @AfterEach
  void close() throws SQLException {
    tellers.assertNothingIsLost();
    tellers.close();
  }

  /** Nothing of it goes on, and what was not committed is rolled back. */
  private static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private void endAt(Step last) {
    Consumer<Step> end =
        step -> {
          if (step == last) {
            throw new Ended();
          }
        };
    assertThatThrownBy(() -> tellers.by(tellers.one, end).transfer(struck))
        .isInstanceOf(Ended.class);
  }

  private void assertAllOrNothing(boolean all) throws SQLException {
    assertThat(tellers.balance(ANN)).isEqualTo(HostedBanks.EACH - (all ? 100 : 0));
    assertThat(tellers.balance(DOT)).isEqualTo(HostedBanks.EACH + (all ? 100 : 0));
    assertThat(tellers.state(struck)).isEqualTo(all ? State.DONE : State.BUSY);
  }

  @ParameterizedTest
  @EnumSource
  void aPassFinishesWhatTheJournalSays(Step last) throws Exception {
    endAt(last);
    assertThat(tellers.successor().recover()).isZero();
    assertAllOrNothing(!NOT_BEGUN.contains(last));
    assertThat(tellers.successor().recover()).isZero();
    assertAllOrNothing(!NOT_BEGUN.contains(last));
  }

  @ParameterizedTest
  @EnumSource
  void whoeverHasTheLocksNextFinishesIt(Step last) throws Exception {
    endAt(last);
    assertThat(tellers.successor().transfer(transfer(DOT, ANN, 1))).isEqualTo(State.DONE);
    long all = NOT_BEGUN.contains(last) ? 0 : 100;
    assertThat(tellers.balance(ANN)).isEqualTo(HostedBanks.EACH - all + 1);
    assertThat(tellers.balance(DOT)).isEqualTo(HostedBanks.EACH + all - 1);
  }

  @ParameterizedTest
  @EnumSource
  void askedForAgainItIsDoneOnce(Step last) throws Exception {
    endAt(last);
    assertThat(tellers.successor().transfer(struck)).isEqualTo(State.DONE);
    assertAllOrNothing(true);
  }

  @Test
  void comesBackIfThereIsNoRoomAnyMore() throws Exception {
    endAt(Step.SENT);
    long room = HostedBanks.MOST - HostedBanks.EACH;
    assertThat(tellers.successor().transfer(transfer(CID, DOT, room))).isEqualTo(State.DONE);
    assertThat(tellers.successor().recover()).isZero();
    assertThat(tellers.state(struck)).isEqualTo(State.RETURNED);
    assertThat(tellers.balance(ANN)).isEqualTo(HostedBanks.EACH);
  }

  /** Where no transaction is open: within one, the database has its successor wait for it. */
  @ParameterizedTest
  @EnumSource(names = {"SENT", "RECEIVED"})
  void aLateOneIsRefused(Step where) throws Exception {
    CompletableFuture<Void> goesOn = new CompletableFuture<>();
    CompletableFuture<State> late = pausedAt(tellers.one, where, goesOn);
    tellers.takeLocks(ANN, DOT);
    assertThat(tellers.successor().transfer(struck)).isEqualTo(State.DONE);
    goesOn.complete(null);
    assertRefused(late);
    assertAllOrNothing(true);
  }

  @Test
  void aLateOneDoesNotBegin() throws Exception {
    CompletableFuture<Void> goesOn = new CompletableFuture<>();
    CompletableFuture<State> late = pausedAt(tellers.one, Step.LOCKED, goesOn);
    tellers.takeLocks(ANN, DOT);
    assertThat(tellers.successor().transfer(transfer(ANN, DOT, 1))).isEqualTo(State.DONE);
    goesOn.complete(null);
    assertThatThrownBy(() -> late.get(60, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(TyerException.class);
    assertThat(tellers.state(struck)).isEqualTo(State.BUSY);
  }

  @Test
  void aLateOneThatBelievesInItsLocksCannotGiveWhatHasComeBack() throws Exception {
    // Of another store, which knows nothing of the others: two hold the locks at once.
    try (Tyer stranger = Tyer.open("memory:" + UUID.randomUUID())) {
      CompletableFuture<Void> goesOn = new CompletableFuture<>();
      CompletableFuture<State> late = pausedAt(stranger, Step.SENT, goesOn);
      overtake(stranger, ANN, DOT);
      long room = HostedBanks.MOST - HostedBanks.EACH;
      assertThat(tellers.successor().transfer(transfer(CID, DOT, room))).isEqualTo(State.DONE);
      assertThat(tellers.successor().transfer(struck)).isEqualTo(State.RETURNED);
      assertThat(tellers.successor().transfer(transfer(DOT, BOB, room))).isEqualTo(State.DONE);
      goesOn.complete(null);
      assertRefused(late);
      assertThat(tellers.balance(DOT)).isEqualTo(HostedBanks.EACH);
    }
  }

  /** Uses these locks until their tokens are larger, as those of one store would be at once. */
  private void overtake(Tyer stranger, Account... accounts) throws InterruptedException {
    for (Account account : accounts) {
      long number = stranger.operator().locks(account.lock()).get(0).line().get(0).number();
      long reached = 0;
      while (reached <= number) {
        try (Lease lease = tellers.other.lock(account.lock()).acquire()) {
          reached = lease.token() >> 12;
        }
      }
    }
  }

  @Test
  void withOnlyOneOfItsLocksGoneItIsRefusedThere() throws Exception {
    CompletableFuture<Void> goesOn = new CompletableFuture<>();
    CompletableFuture<State> late = pausedAt(tellers.one, Step.SENT, goesOn);
    tellers.takeLocks(ANN);
    assertThat(tellers.successor().transfer(transfer(ANN, CID, 1))).isEqualTo(State.DONE);
    goesOn.complete(null);
    // It may give the money: nobody else could have. It may not close the journal.
    assertRefused(late);
    assertThat(tellers.state(struck)).isEqualTo(State.SENT);
    assertThat(tellers.balance(DOT)).isEqualTo(HostedBanks.EACH + 100);
    assertThat(tellers.successor().recover()).isZero();
    assertThat(tellers.state(struck)).isEqualTo(State.DONE);
    assertThat(tellers.balance(DOT)).isEqualTo(HostedBanks.EACH + 100);
  }

  /** A transfer in a thread of its own, which stands at this step when this returns. */
  private CompletableFuture<State> pausedAt(Tyer tyer, Step where, CompletableFuture<Void> goesOn)
      throws Exception {
    CompletableFuture<Void> stands = new CompletableFuture<>();
    Consumer<Step> steps =
        step -> {
          if (step == where) {
            stands.complete(null);
            goesOn.join();
          }
        };
    CompletableFuture<State> result = new CompletableFuture<>();
    Thread thread = new Thread(() -> complete(result, tellers.by(tyer, steps)), "late");
    thread.setDaemon(true);
    thread.start();
    stands.get(60, TimeUnit.SECONDS);
    return result;
  }

  private void complete(CompletableFuture<State> result, Transfers transfers) {
    try {
      result.complete(transfers.transfer(struck));
    } catch (SQLException | InterruptedException | RuntimeException e) {
      result.completeExceptionally(e);
    }
  }

  private static void assertRefused(CompletableFuture<State> late) {
    assertThatThrownBy(() -> late.get(60, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(StaleTokenException.class);
  }
}
