package io.tyer.server.state;

import static io.tyer.server.state.Machine.A;
import static io.tyer.server.state.Machine.exclusive;
import static io.tyer.server.state.Machine.session;
import static io.tyer.server.state.Machine.shared;
import static io.tyer.server.state.Machine.why;
import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.spi.TicketState;
import org.junit.jupiter.api.Test;

class BoundsTest {

  private final Machine machine = new Machine();

  @Test
  void ofTtls() {
    for (long ttl : new long[] {Long.MIN_VALUE, 0, 999, 604_800_001, Long.MAX_VALUE}) {
      assertThat(machine.open(1, ttl))
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> assertThat(failed.message()).contains("1000 to 604800000 ms"));
    }
    assertThat(machine.open(1, 1_000)).isEqualTo(new Outcome.Alive(false));
    assertThat(machine.open(2, 604_800_000)).isEqualTo(new Outcome.Alive(false));
  }

  @Test
  void ofOwners() {
    for (String owner : new String[] {"x".repeat(257), "a\nb"}) {
      assertThat(why(machine.apply(new Command.Open(session(1), 1_000, owner))))
          .isEqualTo(Outcome.Why.REFUSED);
    }
    assertThat(machine.apply(new Command.Open(session(1), 1_000, "x".repeat(256))))
        .isEqualTo(new Outcome.Alive(false));
  }

  @Test
  void ofTicketsOfASession() {
    machine.open(1);
    for (int i = 0; i < Bounds.MAX_TICKETS_OF_SESSION; i++) {
      machine.enter(LockName.of("n" + i), exclusive(1, i));
    }
    Command more = new Command.Enter(machine.next(session(1)), A, exclusive(1, 1_000_000), false);
    assertThat(machine.apply(more))
        .isInstanceOfSatisfying(
            Outcome.Failed.class, failed -> assertThat(failed.message()).contains("10000 tickets"));
    assertThat(machine.enter(LockName.of("n7"), exclusive(1, 7)))
        .as("one that it has is found")
        .isInstanceOf(TicketState.Granted.class);
    machine.leave(LockName.of("n7"), exclusive(1, 7));
    assertThat(machine.enter(A, exclusive(1, 1_000_000))).isInstanceOf(TicketState.Granted.class);
  }

  @Test
  void ofLinesAndOfWhatIsToldOfThem() {
    for (int s = 0; s < 10; s++) {
      machine.open(s);
      for (int i = 0; i < Bounds.MAX_TICKETS_OF_SESSION; i++) {
        machine.enter(A, shared(s, s * 100_000 + i, 1, 10_000));
      }
    }
    machine.open(11);
    assertThat(
            machine.apply(
                new Command.Enter(machine.next(session(11)), A, exclusive(11, -1), false)))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.message()).contains("100000 tickets"));
    assertThat(machine.attempt(A, shared(11, -1, 1, 10_000)))
        .isInstanceOfSatisfying(
            TicketState.Refused.class,
            refused -> assertThat(refused.blockers()).hasSize(Bounds.MAX_BLOCKERS));
    machine.apply(new Command.End(session(3)));
    assertThat(machine.enter(A, exclusive(11, -1))).isInstanceOf(TicketState.Waiting.class);
  }

  @Test
  void ofMemoryOfTheDead() {
    DeadSessions dead = new DeadSessions();
    for (int i = 0; i <= Bounds.MAX_DEAD; i++) {
      dead.add(new SessionId(1, i), 5);
    }
    assertThat(dead.size()).isEqualTo(Bounds.MAX_DEAD);
    assertThat(dead.contains(new SessionId(1, 0))).isFalse();
    assertThat(dead.contains(new SessionId(1, 1))).isTrue();
    dead.add(new SessionId(2, 0), 5 + Bounds.DEAD_MILLIS);
    assertThat(dead.size()).isEqualTo(1);
    assertThat(dead.contains(new SessionId(1, Bounds.MAX_DEAD))).isFalse();
  }
}
