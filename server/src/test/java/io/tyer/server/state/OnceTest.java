package io.tyer.server.state;

import static io.tyer.server.state.Machine.A;
import static io.tyer.server.state.Machine.exclusive;
import static io.tyer.server.state.Machine.request;
import static io.tyer.server.state.Machine.session;
import static io.tyer.server.state.Machine.shared;
import static io.tyer.server.state.Machine.why;
import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.line.Ask;
import io.tyer.spi.TicketState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked for again is answered as it was, and done once. */
class OnceTest {

  private final Machine machine = new Machine();

  @BeforeEach
  void open() {
    machine.open(1);
    machine.open(2);
  }

  private static Command enter(long sequence, long settled, Ask ask, boolean onlyIfFree) {
    return new Command.Enter(new Command.Place(sequence, settled), A, ask, onlyIfFree);
  }

  private static Command leave(long sequence, long settled, int session, int request) {
    return new Command.Leave(
        session(session), new Command.Place(sequence, settled), A, request(request), 0);
  }

  @Test
  void aTryThatWasRefusedIsRefusedAgainThoughTheLineIsFree() {
    machine.enter(A, exclusive(2, 20));
    Command attempt = enter(1, 0, exclusive(1, 10), true);
    Outcome first = machine.apply(attempt);
    assertThat(Machine.state(first)).isInstanceOf(TicketState.Refused.class);
    machine.leave(A, exclusive(2, 20));
    assertThat(machine.apply(attempt)).isEqualTo(first);
    assertThat(machine.machine.tickets()).isZero();
  }

  @Test
  void anEnterThatComesAgainBehindItsLeaveDoesNotEnter() {
    Command enter = enter(1, 0, exclusive(1, 10), false);
    Outcome first = machine.apply(enter);
    assertThat(machine.apply(leave(2, 0, 1, 10))).isEqualTo(new Outcome.Found(true));
    assertThat(machine.apply(enter)).isEqualTo(first);
    assertThat(machine.machine.tickets()).isZero();
  }

  @Test
  void aLeaveThatComesAgainFoundItsTicket() {
    machine.apply(enter(1, 0, exclusive(1, 10), false));
    assertThat(machine.apply(leave(2, 0, 1, 10))).isEqualTo(new Outcome.Found(true));
    assertThat(machine.apply(leave(2, 0, 1, 10))).isEqualTo(new Outcome.Found(true));
    assertThat(machine.apply(leave(3, 0, 1, 10))).isEqualTo(new Outcome.Found(false));
  }

  @Test
  void aRefusalIsKeptToo() {
    Command.Place place = new Command.Place(1, 0);
    machine.enter(A, exclusive(2, 20));
    machine.apply(enter(5, 0, exclusive(1, 10), false));
    Command weaken = new Command.Weaken(session(1), place, A, request(10), 0, 1, 5);
    Outcome first = machine.apply(weaken);
    assertThat(why(first)).isEqualTo(Outcome.Why.REFUSED);
    machine.leave(A, exclusive(2, 20));
    assertThat(machine.apply(weaken)).isEqualTo(first);
  }

  @Test
  void whatIsSettledHasNoEffectAnyMore() {
    machine.apply(leave(5, 3, 1, 10));
    assertThat(why(machine.apply(enter(2, 0, exclusive(1, 10), false))))
        .isEqualTo(Outcome.Why.SETTLED);
    assertThat(machine.machine.tickets()).isZero();
    assertThat(machine.apply(enter(3, 0, exclusive(1, 10), false)))
        .isInstanceOf(Outcome.Ticket.class);
  }

  @Test
  void settlingNeverGoesBack() {
    machine.apply(leave(5, 5, 1, 10));
    machine.apply(leave(6, 1, 1, 10));
    assertThat(why(machine.apply(leave(4, 0, 1, 10)))).isEqualTo(Outcome.Why.SETTLED);
  }

  @Test
  void aRepetitionMaySettleWhatIsBelowItself() {
    machine.apply(enter(1, 0, exclusive(1, 10), false));
    Outcome left = machine.apply(leave(2, 0, 1, 10));
    assertThat(machine.apply(leave(2, 2, 1, 10))).isEqualTo(left);
    assertThat(why(machine.apply(enter(1, 0, exclusive(1, 10), false))))
        .isEqualTo(Outcome.Why.SETTLED);
  }

  @Test
  void placesThatCannotBeAreRefused() {
    for (Command command :
        new Command[] {
          leave(0, 0, 1, 1), leave(-1, -1, 1, 1), leave(1, 2, 1, 1), leave(3, -1, 1, 1)
        }) {
      assertThat(why(machine.apply(command))).isEqualTo(Outcome.Why.REFUSED);
    }
    assertThat(machine.apply(leave(1, 0, 1, 1))).isEqualTo(new Outcome.Found(false));
  }

  @Test
  void tooManyUnsettledAreRefusedWithoutEffectUntilSomeAreSettled() {
    for (int i = 1; i <= Bounds.MAX_UNSETTLED; i++) {
      machine.apply(leave(i, 0, 1, 10));
    }
    Command more = enter(Bounds.MAX_UNSETTLED + 1, 0, exclusive(1, 10), false);
    assertThat(why(machine.apply(more))).isEqualTo(Outcome.Why.REFUSED);
    assertThat(machine.machine.tickets()).isZero();
    assertThat(machine.apply(leave(7, 0, 1, 10))).isEqualTo(new Outcome.Found(false));
    assertThat(machine.apply(enter(Bounds.MAX_UNSETTLED + 1, 2, exclusive(1, 10), false)))
        .isInstanceOf(Outcome.Ticket.class);
  }

  @Test
  void sessionsHaveSequencesOfTheirOwn() {
    machine.apply(leave(9, 9, 1, 10));
    assertThat(machine.apply(leave(1, 0, 2, 10))).isEqualTo(new Outcome.Found(false));
  }

  @Test
  void isKeptOverASnapshot() throws Exception {
    machine.enter(A, exclusive(2, 20));
    Command attempt = enter(3, 2, shared(1, 10, 2, 5), true);
    Outcome first = machine.apply(attempt);
    machine.machine = SnapshotTest.restored(machine.machine);
    machine.leave(A, exclusive(2, 20));
    assertThat(machine.apply(attempt)).isEqualTo(first);
    assertThat(why(machine.apply(leave(1, 0, 1, 10)))).isEqualTo(Outcome.Why.SETTLED);
  }
}
