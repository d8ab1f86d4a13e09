package io.tyer.server.state;

import static io.tyer.server.state.Machine.A;
import static io.tyer.server.state.Machine.B;
import static io.tyer.server.state.Machine.exclusive;
import static io.tyer.server.state.Machine.keeping;
import static io.tyer.server.state.Machine.number;
import static io.tyer.server.state.Machine.request;
import static io.tyer.server.state.Machine.session;
import static io.tyer.server.state.Machine.shared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.spi.TicketState;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TicketsTest {

  private final Machine machine = new Machine();

  @BeforeEach
  void open() {
    machine.open(1);
    machine.open(2);
    machine.open(3);
  }

  @Test
  void whoIsGrantedByALeaveIsToldAndWhoEntersGrantedIsNot() {
    machine.enter(A, exclusive(1, 10));
    long second = number(machine.enter(A, shared(2, 20, 1, 5)));
    long third = number(machine.enter(A, shared(3, 30, 1, 5)));
    assertThat(machine.told()).isEmpty();
    machine.leave(A, exclusive(1, 10));
    assertThat(machine.told())
        .containsExactly(
            new Notice.Granted(session(2), A, request(20), second),
            new Notice.Granted(session(3), A, request(30), third));
  }

  @Test
  void weakeningGrantsThoseThatFitBesideIt() {
    machine.enter(A, exclusive(1, 10));
    long second = number(machine.enter(A, shared(2, 20, 1, 5)));
    Command weaken =
        new Command.Weaken(session(1), machine.next(session(1)), A, request(10), 0, 2, 5);
    assertThat(Machine.state(machine.apply(weaken)))
        .isInstanceOfSatisfying(
            TicketState.Granted.class, granted -> assertThat(granted.behind()).isEqualTo(1));
    assertThat(machine.told())
        .containsExactly(new Notice.Granted(session(2), A, request(20), second));
  }

  @Test
  void aKeptTicketIsRecalledByWhoWaitsOrChecksDirectlyBehindIt() {
    machine.enter(A, keeping(1, 10));
    assertThat(machine.attempt(A, exclusive(2, 21))).isInstanceOf(TicketState.Refused.class);
    assertThat(machine.told()).isEmpty();
    machine.enter(A, exclusive(2, 20));
    assertThat(machine.told()).containsExactly(new Notice.Recalled(session(1), A));
    machine.enter(A, exclusive(3, 30));
    assertThat(machine.told()).isEmpty();
    machine.check(A, exclusive(2, 20));
    assertThat(machine.told()).containsExactly(new Notice.Recalled(session(1), A));
    machine.check(A, exclusive(3, 30));
    assertThat(machine.told()).isEmpty();
  }

  @Test
  void nobodyRecallsItsOwn() {
    machine.enter(A, keeping(1, 10));
    machine.enter(A, exclusive(1, 11));
    assertThat(machine.told()).isEmpty();
  }

  @Test
  void aTicketIsLeftByItsNumberOnlyIfItHasIt() {
    long number = number(machine.enter(A, exclusive(1, 10)));
    assertThat(leaveByNumber(number + 1)).isEqualTo(new Outcome.Found(false));
    assertThat(leaveByNumber(number)).isEqualTo(new Outcome.Found(true));
    assertThat(leaveByNumber(number)).isEqualTo(new Outcome.Found(false));
  }

  private Outcome leaveByNumber(long number) {
    return machine.apply(
        new Command.Leave(session(1), machine.next(session(1)), A, request(10), number));
  }

  @Test
  void aRevokedTicketIsMarkedAndItsSessionTold() {
    long number = number(machine.enter(A, exclusive(1, 10)));
    machine.enter(A, exclusive(2, 20));
    machine.told();
    assertThat(machine.apply(new Command.Revoke(A, OptionalLong.empty(), false)))
        .isEqualTo(new Outcome.Revoked(1));
    assertThat(machine.told()).containsExactly(new Notice.Changed(session(1), A));
    assertThat(machine.check(A, exclusive(1, 10)))
        .isEqualTo(new TicketState.Granted(number, true, 1));
  }

  @Test
  void revokedNowItIsGoneAndTheNextIsGranted() {
    machine.enter(A, exclusive(1, 10));
    long next = number(machine.enter(A, exclusive(2, 20)));
    machine.told();
    assertThat(machine.apply(new Command.Revoke(A, OptionalLong.empty(), true)))
        .isEqualTo(new Outcome.Revoked(1));
    assertThat(machine.told())
        .containsExactly(
            new Notice.Changed(session(1), A),
            new Notice.Granted(session(2), A, request(20), next));
    assertThat(machine.beat(1)).isEqualTo(new Outcome.Alive(true));
    assertThat(machine.apply(new Command.Attach(session(1))))
        .isEqualTo(new Outcome.Attached(false, 10_000, java.util.List.of()));
  }

  @Test
  void allThatAreGrantedAreRevokedOrTheOneWithTheNumber() {
    machine.enter(A, shared(1, 10, 1, 2));
    machine.enter(A, shared(1, 11, 1, 2));
    long waiting = number(machine.enter(A, shared(2, 20, 1, 2)));
    machine.enter(A, exclusive(3, 30));
    assertThat(machine.apply(new Command.Revoke(A, OptionalLong.of(waiting), true)))
        .isEqualTo(new Outcome.Revoked(1));
    assertThat(machine.told()).containsExactly(new Notice.Changed(session(2), A));
    assertThat(machine.apply(new Command.Revoke(A, OptionalLong.of(waiting), true)))
        .isEqualTo(new Outcome.Revoked(0));
    assertThat(machine.apply(new Command.Revoke(A, OptionalLong.empty(), false)))
        .isEqualTo(new Outcome.Revoked(2));
    assertThat(machine.told()).containsExactly(new Notice.Changed(session(1), A));
    assertThat(machine.apply(new Command.Revoke(B, OptionalLong.empty(), true)))
        .isEqualTo(new Outcome.Revoked(0));
  }

  @Test
  void numbersGrowOverAllLinesAndOverOnesThatWereForgotten() throws Exception {
    long first = number(machine.enter(A, exclusive(1, 10)));
    assertThat(first).isEqualTo((Machine.WALL - 1_735_689_600_000L) * 1_000 + 1);
    long second = number(machine.enter(B, exclusive(1, 11)));
    machine.leave(A, exclusive(1, 10));
    machine.leave(B, exclusive(1, 11));
    assertThat(machine.machine.tickets()).isZero();
    machine.machine = SnapshotTest.restored(machine.machine);
    long third = number(machine.enter(A, exclusive(1, 12)));
    assertThat(second).isEqualTo(first + 1);
    assertThat(third).isEqualTo(second + 1);
  }

  @Test
  void numbersBeginWhereTheWallClockSaysAndNeverBelowOne() {
    for (long wall : new long[] {Long.MIN_VALUE, -1, 0, 1_735_689_600_000L}) {
      assertThat(firstNumber(wall)).isEqualTo(1);
    }
    assertThat(firstNumber(1_735_689_600_001L)).isEqualTo(1_001);
  }

  @Test
  void withoutMoreNumbersItIsRefused() {
    LockMachine last = new LockMachine();
    last.apply(new Entry(0, Long.MAX_VALUE, java.util.List.of()));
    Machine exhausted = new Machine();
    exhausted.machine = last;
    exhausted.open(1);
    Outcome outcome = null;
    for (int i = 0; i < 2_000 && !(outcome instanceof Outcome.Failed); i++) {
      outcome =
          exhausted.apply(new Command.Enter(exhausted.next(session(1)), A, exclusive(1, i), false));
    }
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.message()).contains("no more numbers"));
  }

  @Test
  void numbersAreRaisedAndNeverLowered() {
    Machine machine = new Machine();
    machine.open(1);
    long first = number(machine.enter(A, exclusive(1, 10)));
    machine.apply(new Command.RaiseNumbers(first + 1_000));
    machine.apply(new Command.RaiseNumbers(first));
    assertThat(number(machine.enter(B, exclusive(1, 11)))).isEqualTo(first + 1_001);
    assertThatThrownBy(() -> new Command.RaiseNumbers(Bounds.MAX_FLOOR + 1))
        .hasMessageContaining("numbers are raised to");
    assertThatThrownBy(() -> new Command.RaiseNumbers(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static long firstNumber(long wall) {
    LockMachine empty = new LockMachine();
    empty.apply(new Entry(0, wall, java.util.List.of()));
    Machine begun = new Machine();
    begun.machine = empty;
    begun.open(1);
    return number(begun.enter(A, exclusive(1, 10)));
  }
}
