package io.tyer.testkit.sim;

import io.tyer.line.Ask;
import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import io.tyer.spi.TicketState;
import io.tyer.testkit.sim.SimServer.Change;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the server does with its lines: numbers grow (S2), tickets leave by their own session's will
 * or with it (S3), grants follow the line's order and the one rule (S4), nobody is forgotten while
 * its time is not over (S1).
 */
final class LineWatch {

  private final World world;
  private final SimServer server;
  private final LeaseWatch leases;
  private final Map<LockName, Line> seen = new HashMap<>();
  private final Map<LockName, Long> highest = new HashMap<>();

  LineWatch(World world, SimServer server, LeaseWatch leases) {
    this.world = world;
    this.server = server;
    this.leases = leases;
  }

  /** Compares every line with what it was. Lines are values: the same object is the same line. */
  @SuppressWarnings("ReferenceEquality")
  void look() {
    for (SimLock lock : world.scenario().locks()) {
      Line now = server.line(lock.name());
      Line before = seen.put(lock.name(), now);
      if (before != now && !(now.isEmpty() && (before == null || before.isEmpty()))) {
        changed(lock, before == null ? Line.empty(0) : before, now);
      }
    }
  }

  private void changed(SimLock lock, Line before, Line now) {
    for (Ticket ticket : before.tickets()) {
      if (now.find(ticket.number()).isEmpty()) {
        removed(lock, ticket);
      }
    }
    long last = 0;
    long ahead = 0;
    boolean exclusiveAhead = false;
    for (Ticket ticket : now.tickets()) {
      boolean granted = now.isGranted(ticket.number());
      boolean isNew = before.find(ticket.number()).isEmpty();
      if (isNew) {
        added(lock, ticket, granted);
      }
      if (ticket.number() <= last) {
        broken("S4", "ticket out of line: " + ticket);
      }
      last = ticket.number();
      boolean fits =
          ticket.exclusive()
              ? ahead == 0 && !exclusiveAhead
              : !exclusiveAhead
                  && (ticket.capacity() == Ask.UNBOUNDED
                      || ahead + ticket.weight() <= ticket.capacity());
      if (granted != fits) {
        broken("S4", (granted ? "granted out of turn: " : "not granted in turn: ") + ticket);
      }
      exclusiveAhead |= ticket.exclusive();
      ahead += ticket.weight();
      if (granted && (isNew || !before.isGranted(ticket.number()))) {
        world.tally().count("grants at the server");
        leases.granted(lock, ticket, now);
      } else if (!granted && before.isGranted(ticket.number())) {
        broken("S4", "granted before, waiting now: " + ticket);
      }
    }
    leases.changed(lock, now);
  }

  private void added(SimLock lock, Ticket ticket, boolean granted) {
    long above = highest.getOrDefault(lock.name(), 0L);
    if (ticket.number() <= above) {
      broken("S2", "number " + ticket.number() + " is not above " + above);
    }
    highest.put(lock.name(), ticket.number());
    world.tally().count("tickets");
    if (!granted && server.change().kind() == Change.Kind.TRY) {
      broken("S4", "a try waits in line: " + ticket);
    }
  }

  private void removed(SimLock lock, Ticket ticket) {
    Change change = server.change();
    boolean own =
        ticket.session().equals(change.session())
            && (change.kind() == Change.Kind.END || ticket.request().equals(change.request()));
    if (own || change.kind() == Change.Kind.FORCE) {
      return;
    }
    world.tally().count("tickets of dead sessions dropped");
    if (!server.mayForget(ticket.session())) {
      broken("S1", "forgotten though its time is not over: " + lock.name() + " " + ticket);
    }
  }

  private void broken(String promise, String how) {
    world.broken(new PromiseBroken(promise, how));
  }

  // ---- S3

  /** A session tries to do something to a ticket that is not its own. */
  void theft(SimServer.Known thief, LockName name, Ticket ticket, int how) {
    Optional<Ticket> before = server.line(name).find(ticket.number());
    SessionId id = thief.id();
    Reply<Object> mustFail = new MustFail(ticket);
    server.doing(
        Change.NOTHING,
        () -> {
          switch (how) {
            case 0 -> thief.session.leave(name, ticket.request(), ticket.number(), as(mustFail));
            case 1 ->
                thief.session.weaken(
                    name, ticket.request(), ticket.number(), 1, Ask.UNBOUNDED, as(mustFail));
            default -> thief.session.check(name, ticket.request(), ticket.number(), as(mustFail));
          }
        });
    boolean mayBeGone = server.mayForget(ticket.session());
    if (!mayBeGone && !server.line(name).find(ticket.number()).equals(before)) {
      broken("S3", "session " + id + " changed another's ticket: " + ticket);
    }
  }

  @SuppressWarnings("unchecked")
  private static <T> Reply<T> as(Reply<Object> reply) {
    return (Reply<T>) reply;
  }

  /** The answer to a thief: there is no such ticket of yours. */
  private final class MustFail implements Reply<Object> {
    private final Ticket ticket;

    MustFail(Ticket ticket) {
      this.ticket = ticket;
    }

    @Override
    public void done(Object value) {
      if (!List.of(false, new TicketState.Gone()).contains(value)) {
        broken("S3", "a foreign session is answered " + value + " about " + ticket);
      }
    }

    @Override
    public void failed(StoreException failure) {
      // Its session is dead: as good.
    }
  }
}
