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
    assertThat(both.waits().count()).isEqualTo(1);
    assertThat(both.waits().sumMillis()).as("granted at once").isZero();
    assertThat(both.waits().count(0)).isEqualTo(1);
    assertThat(m.machine.waiting()).isEqualTo(1);
    assertThat(m.machine.lines()).isEqualTo(1);

    Tally passedOn = at(700, leave(1));
    assertThat(passedOn.holds().count()).isEqualTo(1);
    assertThat(passedOn.holds().sumMillis()).isEqualTo(700);
    assertThat(passedOn.holds().count(3)).as("above 100 ms, up to 1 s").isEqualTo(1);
    assertThat(passedOn.waits().count()).isEqualTo(1);
    assertThat(passedOn.waits().sumMillis()).isEqualTo(700);
    assertThat(m.machine.waiting()).isZero();

    Tally backwards = at(600, leave(2));
    assertThat(backwards.holds().sumMillis()).as("a clock that was set back").isZero();
    assertThat(backwards.waits().count()).isZero();
    assertThat(m.machine.lines()).isZero();
  }

  @Test
  void whoWaitsAndLeavesHasHeldNothing() {
    m.open(1);
    m.open(2);
    Tally unused = at(0, enter(1), enter(2));
    Tally gaveUp = at(50, leave(2));
    assertThat(gaveUp.holds().count()).isZero();
    assertThat(gaveUp.waits().count()).isZero();
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
  void spansAreCountedByTheirLength() {
    Spans spans = new Spans();
    for (long millis : new long[] {-5, 0, 1, 2, 3_600_000, 3_600_001}) {
      spans.add(millis);
    }
    int last = Spans.bounds().length;
    assertThat(spans.count(0)).isEqualTo(3);
    assertThat(spans.count(1)).isEqualTo(1);
    assertThat(spans.count(last - 1)).isEqualTo(1);
    assertThat(spans.count(last)).isEqualTo(1);
    assertThat(spans.sumMillis()).isEqualTo(7_200_004);
    spans.clear();
    assertThat(spans.count() + spans.count(0) + spans.count(last)).isZero();
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
    assertThat(at(0, commands.toArray(Command[]::new)).waits().count()).isEqualTo(many);
    Tally ended = at(30, new Command.End(Machine.session(0)));
    assertThat(ended.holds().count()).isEqualTo(many);
    assertThat(ended.holds().sumMillis()).isEqualTo(30L * many);
  }
}
