package io.tyer.server.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {

  private final Machine m = new Machine();

  private Tally at(long millis, Command... commands) {
    Applied unused = m.machine.apply(new Entry(0, Machine.WALL + millis, List.of(commands)));
    return m.machine.tally();
  }

  private Command enter(int session) {
    return new Command.Enter(
        m.next(Machine.session(session)), Machine.A, Machine.exclusive(session, session), false);
  }

  private Command leave(int session) {
    return new Command.Leave(
        Machine.session(session),
        m.next(Machine.session(session)),
        Machine.A,
        Machine.request(session),
        0);
  }

  @Test
  void waitsAndHoldsAreTimed() {
    m.open(1);
    m.open(2);
    Tally both = at(0, enter(1), enter(2));
    assertThat(both.commands()).isEqualTo(2);
    assertThat(both.granted()).isEqualTo(1);
    assertThat(both.waitMillis(0)).as("granted at once").isZero();
    assertThat(m.machine.waiting()).isEqualTo(1);
    assertThat(m.machine.lines()).isEqualTo(1);

    Tally passedOn = at(700, leave(1));
    assertThat(passedOn.left()).isEqualTo(1);
    assertThat(passedOn.holdMillis(0)).isEqualTo(700);
    assertThat(passedOn.granted()).isEqualTo(1);
    assertThat(passedOn.waitMillis(0)).isEqualTo(700);
    assertThat(m.machine.waiting()).isZero();

    Tally backwards = at(600, leave(2));
    assertThat(backwards.holdMillis(0)).as("a clock that was set back").isZero();
    assertThat(backwards.granted()).isZero();
    assertThat(m.machine.lines()).isZero();
  }

  @Test
  void whoWaitsAndLeavesHasHeldNothing() {
    m.open(1);
    m.open(2);
    Tally unused = at(0, enter(1), enter(2));
    Tally gaveUp = at(50, leave(2));
    assertThat(gaveUp.left()).isZero();
    assertThat(gaveUp.granted()).isZero();
    assertThat(m.machine.waiting()).isZero();
  }

  @Test
  void endsAndRefusalsAreCountedForOneEntry() {
    m.open(1, 1_000);
    m.pass(1_500);
    Tally refused = at(0, new Command.Beat(Machine.session(1)), new Command.Tick());
    assertThat(refused.failed(Outcome.Why.SESSION_DEAD)).isEqualTo(1);
    assertThat(refused.failed(Outcome.Why.REFUSED)).isZero();
    assertThat(refused.expired()).isZero();
    m.open(2, 1_000);
    m.entry(500);
    m.entry(500);
    assertThat(m.machine.tally().expired()).isEqualTo(1);
    assertThat(m.machine.tally().failed(Outcome.Why.SESSION_DEAD)).isZero();
  }

  @Test
  void anEntryThatGrantsManyIsCountedWhole() {
    List<Command> commands = new ArrayList<>();
    m.open(0);
    int many = 1_000;
    for (int i = 1; i <= many; i++) {
      commands.add(
          new Command.Enter(
              m.next(Machine.session(0)), Machine.A, Machine.shared(0, i, 1, many), false));
    }
    assertThat(at(0, commands.toArray(Command[]::new)).granted()).isEqualTo(many);
    Tally ended = at(30, new Command.End(Machine.session(0)));
    assertThat(ended.left()).isEqualTo(many);
    assertThat(ended.holdMillis(many - 1)).isEqualTo(30);
  }
}
