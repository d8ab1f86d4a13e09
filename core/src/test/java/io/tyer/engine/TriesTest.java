package io.tyer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.TyerListener.WaitEnd;
import io.tyer.line.Ask;
import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
import io.tyer.spi.TicketState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a try is answered by: a ticket that was asked for after it came, and no older one. */
class TriesTest {

  private record Session(SessionId id) implements OpenSession {
    @Override
    public long requestPrefix() {
      return 1;
    }

    @Override
    public boolean leavesAndEnters() {
      return false;
    }
  }

  private static final TicketState ALONE = new TicketState.Granted(7, false, 0);
  private static final TicketState REFUSED = new TicketState.Refused(2, List.of());

  private final Session session = new Session(new SessionId(1, 1));
  private final NameState state =
      new NameState(
          new Rules(
              16,
              10_000_000,
              15_000_000_000L,
              1_500_000_000,
              5_000_000_000L,
              5_000_000_000L,
              100_000_000,
              1_000_000_000,
              15_000_000_000L),
          1);
  private final List<Waiter> granted = new ArrayList<>();
  private final List<Waiter> busy = new ArrayList<>();
  private final List<Effect.Enter> asked = new ArrayList<>();
  private long now = 1;

  @Test
  void aTryToReadAsksTheStoreThoughItsClientReads() {
    Waiter reader = comes(Mode.READ, false);
    answer(0, ALONE);
    Waiter attempt = comes(Mode.READ, true);
    assertThat(granted).containsExactly(reader);
    assertThat(asked.get(1).onlyIfFree()).isTrue();
    answer(1, REFUSED);
    assertThat(busy).containsExactly(attempt);
  }

  @Test
  void aReaderThatMayWaitJoinsItsClientsTicket() {
    Waiter reader = comes(Mode.READ, false);
    answer(0, ALONE);
    Waiter other = comes(Mode.READ, false);
    assertThat(granted).containsExactly(reader, other);
    assertThat(asked).hasSize(1);
  }

  @Test
  void triesThatComeWhileOneIsUnderWayAreAskedForTogether() {
    Waiter first = comes(Mode.READ, true);
    Waiter second = comes(Mode.READ, true);
    Waiter third = comes(Mode.READ, true);
    assertThat(asked).hasSize(1);
    answer(0, ALONE);
    assertThat(granted).containsExactly(first);
    assertThat(asked).hasSize(2);
    answer(1, ALONE);
    assertThat(granted).containsExactly(first, second, third);
    assertThat(busy).isEmpty();
  }

  @Test
  void aRefusalIsOfThoseOnlyThatWereAskedFor() {
    Waiter first = comes(Mode.READ, true);
    Waiter second = comes(Mode.READ, true);
    answer(0, REFUSED);
    assertThat(busy).containsExactly(first);
    answer(1, ALONE);
    assertThat(granted).containsExactly(second);
  }

  @Test
  void triesBehindATicketThatIsMerelyKeptStandInLineForAMoment() {
    Waiter first = comes(Mode.READ, true);
    Waiter second = comes(Mode.READ, true);
    answer(0, keptByAnother());
    assertThat(asked.get(1).onlyIfFree()).isFalse();
    answer(1, ALONE);
    assertThat(granted).containsExactly(first, second);
  }

  @Test
  void aTryDoesNotOvertakeAReaderOfItsClientWhoWaits() {
    Waiter waits = comes(Mode.READ, false);
    Waiter attempt = comes(Mode.READ, true);
    assertThat(busy).containsExactly(attempt);
    answer(0, ALONE);
    assertThat(granted).containsExactly(waits);
  }

  @Test
  void aTryDoesNotTakeWhatSomebodyElseHasAskedForAndGivenUp() {
    for (Mode mode : List.of(Mode.EXCLUSIVE, Mode.READ, Mode.permits(3))) {
      granted.clear();
      asked.clear();
      Waiter gaveUp = comes(mode, false);
      on(new Event.Withdraw(gaveUp, false));
      Waiter attempt = comes(mode, true);
      assertThat(asked).hasSize(1);
      answer(0, new TicketState.Granted(7, false, 1));
      assertThat(granted).isEmpty();
      assertThat(asked).hasSize(2);
      answer(1, ALONE);
      assertThat(granted).containsExactly(attempt);
      on(new Event.Release(attempt.holding));
    }
  }

  private static TicketState keptByAnother() {
    Ask ask = Ask.exclusive(new SessionId(9, 9), new RequestId(9, 9), "", true);
    List<Ticket> kept = Line.empty(0).enter(ask, 1, 0).line().tickets();
    return new TicketState.Refused(1, kept);
  }

  private Waiter comes(Mode mode, boolean onlyIfFree) {
    WorldCaller caller = new WorldCaller();
    Wanted wanted = new Wanted(LockName.of("it"), mode, 1, "", 0, false);
    Waiter waiter = new Waiter(wanted, onlyIfFree, now, caller, caller);
    on(new Event.Acquire(waiter));
    return waiter;
  }

  private void answer(int which, TicketState with) {
    on(new Event.Entered(session, asked.get(which).ask().request(), with));
  }

  private void on(Event event) {
    for (Effect effect : List.copyOf(state.on(event, new SessionNow(session, true), now++))) {
      if (effect instanceof Effect.Grant grant) {
        granted.add(grant.waiter());
      } else if (effect instanceof Effect.End end && end.end() == WaitEnd.BUSY) {
        busy.add(end.waiter());
      } else if (effect instanceof Effect.Enter enter) {
        asked.add(enter);
      }
    }
  }
}
