package io.tyer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.line.Ask;
import io.tyer.line.Line;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
import io.tyer.spi.TicketState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a try is answered by: a ticket that was asked for after it came, and no older one. */
class TriesTest {

  private static final TicketState REFUSED = new TicketState.Refused(2, List.of());

  private final NameByHand name = new NameByHand();

  @Test
  void aTryToReadAsksTheStoreThoughItsClientReads() {
    Waiter reader = name.comes(Mode.READ, false);
    name.answer(0, NameByHand.ALONE);
    Waiter attempt = name.comes(Mode.READ, true);
    assertThat(name.granted).containsExactly(reader);
    assertThat(name.asked.get(1).onlyIfFree()).isTrue();
    name.answer(1, REFUSED);
    assertThat(name.busy).containsExactly(attempt);
  }

  @Test
  void aReaderThatMayWaitJoinsItsClientsTicket() {
    Waiter reader = name.comes(Mode.READ, false);
    name.answer(0, NameByHand.ALONE);
    Waiter other = name.comes(Mode.READ, false);
    assertThat(name.granted).containsExactly(reader, other);
    assertThat(name.asked).hasSize(1);
  }

  @Test
  void triesThatComeWhileOneIsUnderWayAreAskedForTogether() {
    Waiter first = name.comes(Mode.READ, true);
    Waiter second = name.comes(Mode.READ, true);
    Waiter third = name.comes(Mode.READ, true);
    assertThat(name.asked).hasSize(1);
    name.answer(0, NameByHand.ALONE);
    assertThat(name.granted).containsExactly(first);
    assertThat(name.asked).hasSize(2);
    name.answer(1, NameByHand.ALONE);
    assertThat(name.granted).containsExactly(first, second, third);
    assertThat(name.busy).isEmpty();
  }

  @Test
  void aRefusalIsOfThoseOnlyThatWereAskedFor() {
    Waiter first = name.comes(Mode.READ, true);
    Waiter second = name.comes(Mode.READ, true);
    name.answer(0, REFUSED);
    assertThat(name.busy).containsExactly(first);
    name.answer(1, NameByHand.ALONE);
    assertThat(name.granted).containsExactly(second);
  }

  @Test
  void triesBehindATicketThatIsMerelyKeptStandInLineForAMoment() {
    Waiter first = name.comes(Mode.READ, true);
    Waiter second = name.comes(Mode.READ, true);
    name.answer(0, keptByAnother());
    assertThat(name.asked.get(1).onlyIfFree()).isFalse();
    name.answer(1, NameByHand.ALONE);
    assertThat(name.granted).containsExactly(first, second);
  }

  @Test
  void aTryDoesNotOvertakeAReaderOfItsClientWhoWaits() {
    Waiter waits = name.comes(Mode.READ, false);
    Waiter attempt = name.comes(Mode.READ, true);
    assertThat(name.busy).containsExactly(attempt);
    name.answer(0, NameByHand.ALONE);
    assertThat(name.granted).containsExactly(waits);
  }

  @Test
  void aTryDoesNotTakeWhatSomebodyElseHasAskedForAndGivenUp() {
    for (Mode mode : List.of(Mode.EXCLUSIVE, Mode.READ, Mode.permits(3))) {
      name.granted.clear();
      name.asked.clear();
      Waiter gaveUp = name.comes(mode, false);
      name.on(new Event.Withdraw(gaveUp, false));
      Waiter attempt = name.comes(mode, true);
      assertThat(name.asked).hasSize(1);
      name.answer(0, new TicketState.Granted(7, false, 1));
      assertThat(name.granted).isEmpty();
      assertThat(name.asked).hasSize(2);
      name.answer(1, NameByHand.ALONE);
      assertThat(name.granted).containsExactly(attempt);
      name.on(new Event.Release(attempt.holding));
    }
  }

  private static TicketState keptByAnother() {
    Ask ask = Ask.exclusive(new SessionId(9, 9), new RequestId(9, 9), "", true);
    List<Ticket> kept = Line.empty(0).enter(ask, 1, 0).line().tickets();
    return new TicketState.Refused(1, kept);
  }
}
