package io.tyer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.LossCause;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.spi.StoreException;
import io.tyer.spi.TicketState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * One ticket's life as a table: in each phase, what each event makes of it, and what is to be done.
 * A cell that cannot happen says why.
 */
class OwnTicketTableTest {

  private static final String TABLE =
      """
      PENDING  | enter: granted      | never: it has not been asked for, so that nothing is told of it
      PENDING  | enter: waits        | never: it has not been asked for, so that nothing is told of it
      PENDING  | enter: refused      | never: it has not been asked for, so that nothing is told of it
      PENDING  | enter: unknown      | never: it has not been asked for, so that nothing is told of it
      PENDING  | enter: session dead | never: it has not been asked for, so that nothing is told of it
      PENDING  | check: granted      | never: it has not been asked for, so that nothing is told of it
      PENDING  | check: waits        | never: it has not been asked for, so that nothing is told of it
      PENDING  | check: gone         | never: it has not been asked for, so that nothing is told of it
      PENDING  | grant is heard      | never: it has not been asked for, so that nothing is told of it
      PENDING  | something changed   | never: it has not been asked for, so that nothing is told of it
      PENDING  | last look           | never: it has not been asked for, so that nothing is told of it
      PENDING  | nobody wants it     | OVER
      PENDING  | leave: done         | never: it has not been asked for, so that nothing is told of it
      PENDING  | leave: unknown      | never: it has not been asked for, so that nothing is told of it
      PENDING  | session over        | never: it has not been asked for, so that nothing is told of it
      ENTERING | enter: granted      | GRANTED
      ENTERING | enter: waits        | WAITING: Crowd, CheckLater
      ENTERING | enter: refused      | OVER
      ENTERING | enter: unknown      | ENTERING
      ENTERING | enter: session dead | ENTERING: SessionEnded
      ENTERING | check: granted      | never: it is checked in line or held only
      ENTERING | check: waits        | never: it is checked in line or held only
      ENTERING | check: gone         | never: it is checked in line or held only
      ENTERING | grant is heard      | ENTERING
      ENTERING | something changed   | ENTERING
      ENTERING | last look           | never: who has waited in line looks at its ticket
      ENTERING | nobody wants it     | ENTERING
      ENTERING | leave: done         | never: it has not been made to leave
      ENTERING | leave: unknown      | never: it has not been made to leave
      ENTERING | session over        | OVER
      WAITING  | enter: granted      | GRANTED: CancelAlarm, Crowd
      WAITING  | enter: waits        | WAITING
      WAITING  | enter: refused      | never: a try does not wait
      WAITING  | enter: unknown      | WAITING
      WAITING  | enter: session dead | WAITING
      WAITING  | check: granted      | GRANTED: CancelAlarm, Crowd
      WAITING  | check: waits        | WAITING
      WAITING  | check: gone         | OVER: Log, CancelAlarm, Crowd
      WAITING  | grant is heard      | GRANTED: CancelAlarm, Crowd
      WAITING  | something changed   | WAITING: Check
      WAITING  | last look           | WAITING: Look
      WAITING  | nobody wants it     | LEAVING: CancelAlarm, Crowd, Leave
      WAITING  | leave: done         | never: it has not been made to leave
      WAITING  | leave: unknown      | never: it has not been made to leave
      WAITING  | session over        | OVER: CancelAlarm, Crowd
      GRANTED  | enter: granted      | GRANTED
      GRANTED  | enter: waits        | GRANTED
      GRANTED  | enter: refused      | never: what is granted is found again
      GRANTED  | enter: unknown      | GRANTED
      GRANTED  | enter: session dead | GRANTED
      GRANTED  | check: granted      | GRANTED
      GRANTED  | check: waits        | never: a granted ticket stays granted
      GRANTED  | check: gone         | OVER: Lose
      GRANTED  | grant is heard      | GRANTED
      GRANTED  | something changed   | GRANTED: Check
      GRANTED  | last look           | never: who has waited in line looks at its ticket
      GRANTED  | nobody wants it     | GRANTED
      GRANTED  | leave: done         | never: it has not been made to leave
      GRANTED  | leave: unknown      | never: it has not been made to leave
      GRANTED  | session over        | OVER: Lose
      LEAVING  | enter: granted      | LEAVING
      LEAVING  | enter: waits        | LEAVING
      LEAVING  | enter: refused      | LEAVING
      LEAVING  | enter: unknown      | LEAVING
      LEAVING  | enter: session dead | LEAVING
      LEAVING  | check: granted      | LEAVING
      LEAVING  | check: waits        | LEAVING
      LEAVING  | check: gone         | LEAVING
      LEAVING  | grant is heard      | LEAVING
      LEAVING  | something changed   | LEAVING
      LEAVING  | last look           | never: who has waited in line looks at its ticket
      LEAVING  | nobody wants it     | LEAVING
      LEAVING  | leave: done         | OVER
      LEAVING  | leave: unknown      | LEAVING: Log, SetAlarm
      LEAVING  | session over        | OVER
      OVER     | enter: granted      | never: it is forgotten by then; NameState makes a ticket leave that comes late
      OVER     | enter: waits        | never: it is forgotten by then; NameState makes a ticket leave that comes late
      OVER     | enter: refused      | never: it is forgotten by then; NameState makes a ticket leave that comes late
      OVER     | enter: unknown      | never: it is forgotten by then; NameState makes a ticket leave that comes late
      OVER     | enter: session dead | never: it is forgotten by then; NameState makes a ticket leave that comes late
      OVER     | check: granted      | OVER
      OVER     | check: waits        | OVER
      OVER     | check: gone         | OVER
      OVER     | grant is heard      | OVER
      OVER     | something changed   | OVER
      OVER     | last look           | never: it is forgotten by then
      OVER     | nobody wants it     | OVER
      OVER     | leave: done         | OVER
      OVER     | leave: unknown      | OVER
      OVER     | session over        | never: it is forgotten by then
      """;

  private static final Wanted WANTED =
      new Wanted(LockName.of("it"), Mode.EXCLUSIVE, 1, "", 0, false);

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

  private final Session session = new Session(new SessionId(1, 1));
  private final Step step =
      new Step(new Rules(16, 10, false, 15_000, 1_500, 5_000, 5_000, 100, 1_000, 15_000));

  @Test
  void everyCell() {
    for (String line : TABLE.lines().filter(l -> !l.isBlank()).toList()) {
      String[] cell = line.split("\\|", -1);
      if (!cell[2].strip().startsWith("never")) {
        Phase phase = Phase.valueOf(cell[0].strip());
        assertThat(after(phase, cell[1].strip())).as(line).isEqualTo(cell[2].strip());
      }
    }
  }

  @Test
  void noCellIsMissing() {
    List<String> cells =
        TABLE
            .lines()
            .filter(l -> !l.isBlank())
            .map(l -> l.split("\\|", -1)[0].strip() + " " + l.split("\\|", -1)[1].strip())
            .toList();
    assertThat(cells).doesNotHaveDuplicates();
    for (Phase phase : Phase.values()) {
      for (String event : events().keySet()) {
        assertThat(cells).contains(phase + " " + event);
      }
    }
  }

  private Map<String, Consumer<OwnTicket>> events() {
    Map<String, Consumer<OwnTicket>> all = new LinkedHashMap<>();
    TicketState granted = new TicketState.Granted(7, false, 0);
    TicketState waiting = new TicketState.Waiting(7, 1, List.of());
    StoreException unknown = new StoreException(StoreException.Kind.UNKNOWN, "unknown");
    StoreException dead = new StoreException(StoreException.Kind.SESSION_DEAD, "dead");
    all.put("enter: granted", t -> t.entered(granted, step));
    all.put("enter: waits", t -> t.entered(waiting, step));
    all.put("enter: refused", t -> t.entered(new TicketState.Refused(1, List.of()), step));
    all.put("enter: unknown", t -> t.enterFailed(unknown, step));
    all.put("enter: session dead", t -> t.enterFailed(dead, step));
    all.put("check: granted", t -> t.checked(granted, step));
    all.put("check: waits", t -> t.checked(waiting, step));
    all.put("check: gone", t -> t.checked(new TicketState.Gone(), step));
    all.put("grant is heard", t -> t.heardGrant(7, step));
    all.put("something changed", t -> t.changed(step));
    all.put("last look", t -> t.look(1, step));
    all.put("nobody wants it", t -> t.abandon(step));
    all.put("leave: done", t -> t.left(step.now(), step));
    all.put("leave: unknown", t -> t.leaveFailed(unknown, step));
    all.put("session over", t -> t.sessionOver(LossCause.UNPROVED, step));
    return all;
  }

  private OwnTicket in(Phase phase) {
    step.begin(new SessionNow(session, true), 1_000);
    Holding none = new NoHolding();
    OwnTicket ticket = new OwnTicket(new Waiter(WANTED, false, 0, none, new NobodyTold()));
    if (phase == Phase.PENDING) {
      return ticket;
    }
    ticket.enter(session, new RequestId(1, 1), step);
    if (phase == Phase.WAITING) {
      ticket.entered(new TicketState.Waiting(7, 1, List.of()), step);
    } else if (phase != Phase.ENTERING) {
      ticket.entered(new TicketState.Granted(7, false, 0), step);
      ticket.granted().hold(none);
    }
    if (phase == Phase.LEAVING || phase == Phase.OVER) {
      ticket.granted().release(none);
      ticket.leave(step);
    }
    if (phase == Phase.OVER) {
      ticket.left(step.now(), step);
    }
    return ticket;
  }

  private String after(Phase phase, String event) {
    OwnTicket ticket = in(phase);
    assertThat(ticket.phase()).isEqualTo(phase);
    step.begin(new SessionNow(session, true), 1_000);
    Objects.requireNonNull(events().get(event), event).accept(ticket);
    String effects =
        step.effects().stream()
            .map(effect -> effect.getClass().getSimpleName())
            .collect(Collectors.joining(", "));
    return ticket.phase() + (effects.isEmpty() ? "" : ": " + effects);
  }

  private static final class NobodyTold implements Waiter.End {
    @Override
    public void granted(LiveSession by) {}

    @Override
    public void busy() {}

    @Override
    public void cancelled() {}

    @Override
    public void failed(RuntimeException failure) {}
  }

  private static final class NoHolding extends Holding {
    @Override
    boolean lose(LossCause cause) {
      return true;
    }

    @Override
    void reportLoss(LossCause cause) {}

    @Override
    void tokenDrawn(long token) {}

    @Override
    void givenBack() {}

    @Override
    Thread thread() {
      return Thread.currentThread();
    }

    @Override
    boolean ofOneThread() {
      return false;
    }

    @Override
    boolean open() {
      return true;
    }

    @Override
    boolean plain() {
      return true;
    }
  }
}
