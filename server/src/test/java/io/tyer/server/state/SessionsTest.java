package io.tyer.server.state;

import static io.tyer.server.state.Machine.A;
import static io.tyer.server.state.Machine.B;
import static io.tyer.server.state.Machine.exclusive;
import static io.tyer.server.state.Machine.keeping;
import static io.tyer.server.state.Machine.number;
import static io.tyer.server.state.Machine.request;
import static io.tyer.server.state.Machine.session;
import static io.tyer.server.state.Machine.shared;
import static io.tyer.server.state.Machine.why;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.line.LockName;
import io.tyer.spi.TicketState;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SessionsTest {

  private static final Outcome ALIVE = new Outcome.Alive(false);

  private final Machine machine = new Machine();

  @Test
  void endsWhenItsTtlHasPassedAndNotBefore() {
    machine.open(1, 1_000);
    machine.entry(500);
    machine.entry(499);
    assertThat(machine.machine.sessions()).isEqualTo(1);
    assertThat(machine.told()).isEmpty();
    machine.entry(1);
    assertThat(machine.machine.sessions()).isZero();
    assertThat(machine.told()).singleElement().isInstanceOf(Notice.Ended.class);
    assertThat(why(machine.beat(1))).isEqualTo(Outcome.Why.SESSION_DEAD);
  }

  @Test
  void aSignOfLifeInTheSameEntryWins() {
    machine.open(1, 1_000);
    machine.open(2, 1_000);
    machine.open(3, 1_000);
    machine.open(4, 1_000);
    machine.pass(999);
    assertThat(
            machine.entry(
                1,
                new Command.Check(session(4), A, request(1), 0),
                new Command.Check(session(1), A, request(1), 0),
                new Command.Beat(session(1)),
                new Command.Attach(session(2)),
                new Command.Open(session(3), 1_000, "test")))
        .element(0)
        .satisfies(dead -> assertThat(why(dead)).isEqualTo(Outcome.Why.SESSION_DEAD));
    assertThat(machine.machine.sessions()).isEqualTo(3);
    assertThat(machine.told())
        .singleElement()
        .satisfies(notice -> assertThat(notice.session()).isEqualTo(session(4)));
    machine.pass(999);
    assertThat(machine.machine.sessions()).isEqualTo(3);
    machine.pass(1);
    assertThat(machine.machine.sessions()).isZero();
  }

  @Test
  void whatItDoesOtherwiseDoesNotProlongIt() {
    machine.open(1, 1_000);
    machine.pass(900);
    machine.enter(A, exclusive(1, 10));
    machine.check(A, exclusive(1, 10));
    machine.leave(A, exclusive(1, 10));
    machine.pass(100);
    assertThat(machine.machine.sessions()).isZero();
  }

  @Test
  void theirTicketsGoAndWhoIsGrantedIsToldAfterThem() {
    machine.open(1, 1_000);
    machine.open(2, 60_000);
    machine.enter(A, exclusive(1, 10));
    machine.enter(B, shared(1, 11, 3, 3));
    long a = number(machine.enter(A, exclusive(2, 20)));
    long b = number(machine.enter(B, shared(2, 21, 1, 3)));
    machine.pass(1_000);
    List<Notice> told = machine.told();
    assertThat(told).hasSize(3);
    assertThat(told.get(0)).isInstanceOf(Notice.Ended.class);
    assertThat(told.subList(1, 3))
        .containsExactly(
            new Notice.Granted(session(2), A, request(20), a),
            new Notice.Granted(session(2), B, request(21), b));
    assertThat(machine.machine.tickets()).isEqualTo(2);
  }

  @Test
  void whoDiesInTheSameEntryIsNotToldOfAGrant() {
    machine.open(1, 1_000);
    machine.open(2, 1_000);
    machine.open(3, 60_000);
    machine.enter(A, exclusive(1, 10));
    machine.enter(A, exclusive(2, 20));
    long number = number(machine.enter(A, exclusive(3, 30)));
    machine.pass(1_000);
    assertThat(machine.told())
        .hasSize(3)
        .endsWith(new Notice.Granted(session(3), A, request(30), number));
  }

  @Test
  void thoseLongestOverdueEndFirst() {
    machine.open(3, 1_000);
    machine.pass(100);
    machine.open(2, 1_000);
    machine.open(1, 1_000);
    machine.pass(850);
    machine.entry(500);
    assertThat(machine.told())
        .extracting(Notice::session)
        .containsExactly(session(3), session(1), session(2));
  }

  @Test
  void endedByItselfItsTicketsGoWithoutNotice() {
    machine.open(1);
    machine.open(2);
    machine.enter(A, exclusive(1, 10));
    machine.enter(A, exclusive(1, 11));
    long number = number(machine.enter(A, exclusive(2, 20)));
    assertThat(machine.apply(new Command.End(session(1)))).isEqualTo(new Outcome.Found(true));
    assertThat(machine.told())
        .containsExactly(new Notice.Granted(session(2), A, request(20), number));
    assertThat(why(machine.apply(new Command.End(session(1))))).isEqualTo(Outcome.Why.SESSION_DEAD);
  }

  @Test
  void whoEndsEarlyLeavesNoDeadline() {
    Sessions sessions = new Sessions();
    Session session = new Session(session(1), 1_000, "", sessions.generation());
    session.deadline(1_000);
    sessions.add(session);
    sessions.prolong(session, 500);
    sessions.bury(session, 600);
    assertThat(sessions.anyOverdue(1_000_000)).isFalse();
  }

  @Test
  void deathIsFinal() throws Exception {
    machine.open(1, 1_000);
    machine.open(2, 1_000);
    machine.apply(new Command.End(session(2)));
    machine.pass(1_000);
    assertThat(why(machine.open(1))).isEqualTo(Outcome.Why.SESSION_DEAD);
    assertThat(why(machine.open(2))).isEqualTo(Outcome.Why.SESSION_DEAD);
    machine.machine = SnapshotTest.restored(machine.machine);
    assertThat(why(machine.open(1))).isEqualTo(Outcome.Why.SESSION_DEAD);
    assertThat(machine.open(3)).isEqualTo(ALIVE);
  }

  @Test
  void whoIsUnknownIsDead() {
    for (Command command : commandsOf1()) {
      assertThat(why(machine.apply(command))).isEqualTo(Outcome.Why.SESSION_DEAD);
    }
    assertThat(machine.machine.sessions()).isZero();
    assertThat(machine.machine.tickets()).isZero();
  }

  @Test
  void onceUsedItIsOpenedByNobodyElse() throws Exception {
    machine.open(1, 2_000);
    machine.enter(A, exclusive(1, 10));
    assertThat(why(machine.open(1, 60_000))).isEqualTo(Outcome.Why.REFUSED);
    machine.machine = SnapshotTest.restored(machine.machine);
    assertThat(why(machine.open(1, 60_000))).isEqualTo(Outcome.Why.REFUSED);
    assertThat(machine.machine.tickets()).isEqualTo(1);
  }

  @Test
  void openedAgainItIsFoundAsItIs() {
    machine.open(1, 2_000);
    machine.pass(1_500);
    assertThat(machine.open(1, 60_000)).isEqualTo(ALIVE);
    machine.pass(1_999);
    assertThat(machine.machine.sessions()).isEqualTo(1);
    machine.pass(1);
    assertThat(machine.machine.sessions()).isZero();
  }

  @Test
  void anEntryLetsALimitedTimePass() {
    assertThatThrownBy(() -> machine.entry(501)).hasMessageContaining("0 to 500 ms");
    assertThatThrownBy(() -> machine.entry(-1)).hasMessageContaining("0 to 500 ms");
  }

  @Test
  void attachingTellsOfAllTickets() {
    machine.open(1);
    machine.open(2);
    long first = number(machine.enter(B, exclusive(1, 10)));
    machine.enter(A, exclusive(2, 20));
    long second = number(machine.enter(A, exclusive(1, 11)));
    assertThat(machine.apply(new Command.Attach(session(1))))
        .isEqualTo(
            new Outcome.Attached(
                false,
                10_000,
                List.of(
                    new Outcome.Held(B, request(10), first, true, false, true, 1, 1),
                    new Outcome.Held(A, request(11), second, false, false, true, 1, 1))));
  }

  /** A recall that nobody heard is told again; no outbox keeps it. */
  @Test
  void attachingTellsWhatIsRecalled() {
    machine.open(1);
    machine.open(2);
    machine.enter(A, keeping(1, 10));
    machine.enter(B, exclusive(1, 11));
    assertThat(recalled(1)).isEmpty();
    machine.enter(A, exclusive(2, 20));
    machine.enter(B, keeping(2, 21));
    assertThat(recalled(1)).containsExactly(A);
    assertThat(recalled(2)).isEmpty();
    machine.leave(A, exclusive(2, 20));
    assertThat(recalled(1)).isEmpty();
  }

  private List<LockName> recalled(int session) {
    var attached = (Outcome.Attached) machine.apply(new Command.Attach(session(session)));
    return attached.tickets().stream()
        .filter(Outcome.Held::recalled)
        .map(Outcome.Held::name)
        .toList();
  }

  @Test
  void attentionIsAnsweredOnceAndToWhoeverAttachesWhileARevokedTicketStands() {
    machine.open(1);
    machine.enter(A, exclusive(1, 10));
    machine.apply(new Command.Revoke(A, OptionalLong.empty(), false));
    assertThat(machine.beat(1)).isEqualTo(new Outcome.Alive(true));
    assertThat(machine.beat(1)).isEqualTo(ALIVE);
    for (int i = 0; i < 2; i++) {
      assertThat(machine.apply(new Command.Attach(session(1))))
          .isInstanceOfSatisfying(
              Outcome.Attached.class, attached -> assertThat(attached.attention()).isTrue());
    }
    machine.leave(A, exclusive(1, 10));
    assertThat(machine.apply(new Command.Attach(session(1))))
        .isEqualTo(new Outcome.Attached(false, 10_000, List.of()));
  }

  @Test
  void aTicketOfAnotherIsNotTouched() {
    machine.open(1);
    machine.open(2);
    machine.enter(A, exclusive(1, 10));
    assertThat(machine.leave(A, exclusive(2, 10))).isEqualTo(new Outcome.Found(false));
    assertThat(machine.check(A, exclusive(2, 10))).isEqualTo(new TicketState.Gone());
    assertThat(
            machine.apply(
                new Command.Weaken(session(2), machine.next(session(2)), A, request(10), 0, 1, 2)))
        .isEqualTo(new Outcome.Ticket(new TicketState.Gone()));
    assertThat(
            why(
                machine.apply(
                    new Command.Enter(machine.next(session(2)), A, exclusive(2, 10), false))))
        .isEqualTo(Outcome.Why.REFUSED);
    assertThat(machine.machine.tickets()).isEqualTo(1);
  }

  private static List<Command> commandsOf1() {
    Command.Place place = new Command.Place(1, 0);
    return List.of(
        new Command.Attach(session(1)),
        new Command.Beat(session(1)),
        new Command.Enter(place, A, exclusive(1, 1), false),
        new Command.Leave(session(1), place, A, request(1), 0),
        new Command.Weaken(session(1), place, A, request(1), 0, 1, 1),
        new Command.Check(session(1), A, request(1), 0),
        new Command.End(session(1)));
  }
}
