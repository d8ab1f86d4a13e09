package io.tyer.server.state;

import io.tyer.line.Ask;
import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
import io.tyer.spi.LineView;
import io.tyer.spi.TicketState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What entries should come to, said as plainly as possible: it looks at everything at each command,
 * forgets no outcome and no dead session, and finds out who is to be told of a grant by comparing
 * who is granted before and after.
 */
final class Oracle {

  private static final class Life {
    private final long ttl;
    private long sign;
    private boolean attention;
    private long settled;
    private final Map<Long, Outcome> outcomes = new HashMap<>();

    Life(long ttl, long sign) {
      this.ttl = ttl;
      this.sign = sign;
    }
  }

  private final TreeMap<SessionId, Life> alive = new TreeMap<>();
  private final Set<SessionId> dead = new HashSet<>();
  private final TreeMap<LockName, Line> lines = new TreeMap<>();
  private final List<Notice> notices = new ArrayList<>();
  private long now;
  private long wall;
  private long number;

  Applied apply(Entry entry) {
    notices.clear();
    now += entry.elapsedMillis();
    wall = entry.wallMillis();
    Map<Long, LockName> before = granted();
    for (Map.Entry<SessionId, Life> one : new TreeMap<>(alive).entrySet()) {
      SessionId id = one.getKey();
      Life life = one.getValue();
      boolean sign =
          entry.commands().stream()
              .anyMatch(
                  c ->
                      (c instanceof Command.Open
                              || c instanceof Command.Attach
                              || c instanceof Command.Beat)
                          && ((Command.OfSession) c).session().equals(id));
      if (life.sign + life.ttl <= now && !sign) {
        alive.remove(id);
        dead.add(id);
        notices.add(new Notice.Ended(id, ""));
      }
    }
    sweep();
    tellGranted(before, Long.MAX_VALUE);
    List<Outcome> outcomes = new ArrayList<>();
    for (Command command : entry.commands()) {
      Map<Long, LockName> known = granted();
      long last = number;
      outcomes.add(apply(command));
      sweep();
      tellGranted(known, last);
    }
    return new Applied(outcomes, List.copyOf(notices));
  }

  Map<LockName, Line> lines() {
    return lines;
  }

  Set<SessionId> alive() {
    return alive.keySet();
  }

  /** The rule, ticket by ticket. */
  Map<Long, LockName> granted() {
    Map<Long, LockName> granted = new TreeMap<>();
    lines.forEach(
        (name, line) -> {
          long weight = 0;
          boolean exclusive = false;
          boolean first = true;
          for (Ticket ticket : line.tickets()) {
            if (ticket.exclusive()
                ? first
                : !exclusive && weight + ticket.weight() <= ticket.capacity()) {
              granted.put(ticket.number(), name);
            }
            weight += ticket.weight();
            exclusive |= ticket.exclusive();
            first = false;
          }
        });
    return granted;
  }

  private void sweep() {
    for (LockName name : List.copyOf(lines.keySet())) {
      put(name, line(name).drop(id -> !alive.containsKey(id), wall).line());
    }
  }

  /** Those with a number above the last one have entered just now, and know by their outcome. */
  private void tellGranted(Map<Long, LockName> before, long last) {
    granted()
        .forEach(
            (number, name) -> {
              if (!before.containsKey(number) && number <= last) {
                Ticket ticket = line(name).find(number).orElseThrow();
                notices.add(new Notice.Granted(ticket.session(), name, ticket.request(), number));
              }
            });
  }

  private Line line(LockName name) {
    return lines.getOrDefault(name, Line.empty(0));
  }

  private void put(LockName name, Line line) {
    if (line.isEmpty()) {
      lines.remove(name);
    } else {
      lines.put(name, line);
    }
  }

  private static Outcome failed(Outcome.Why why) {
    return new Outcome.Failed(why, "");
  }

  private Outcome apply(Command command) {
    if (command instanceof Command.OfSession ofSession) {
      Life life = alive.get(ofSession.session());
      if (life != null) {
        return ofLiving(life, ofSession);
      }
      return command instanceof Command.Open open ? open(open) : failed(Outcome.Why.SESSION_DEAD);
    }
    if (command instanceof Command.Revoke revoke) {
      return revoke(revoke);
    }
    return command instanceof Command.List list ? list(list) : new Outcome.Nothing();
  }

  private Outcome open(Command.Open open) {
    if (dead.contains(open.session())) {
      return failed(Outcome.Why.SESSION_DEAD);
    }
    if (open.ttlMillis() < 1_000) {
      return failed(Outcome.Why.REFUSED);
    }
    alive.put(open.session(), new Life(open.ttlMillis(), now));
    return new Outcome.Alive(false);
  }

  private Outcome ofLiving(Life life, Command.OfSession command) {
    SessionId id = command.session();
    if (command instanceof Command.End) {
      alive.remove(id);
      dead.add(id);
      return new Outcome.Found(true);
    }
    if (command instanceof Command.Check check) {
      Line line = line(check.name());
      Ticket ticket = own(id, line.find(check.request()).orElse(null), check.number());
      TicketState state =
          ticket == null ? new TicketState.Gone() : TicketStates.of(line, ticket.number());
      recall(id, check.name(), state);
      return new Outcome.Ticket(state);
    }
    if (command instanceof Command.Once once) {
      return once(life, once);
    }
    if (command instanceof Command.Open && (life.settled > 0 || !life.outcomes.isEmpty())) {
      return failed(Outcome.Why.REFUSED);
    }
    life.sign = now;
    boolean attention = life.attention;
    life.attention = false;
    return command instanceof Command.Attach
        ? attached(id, attention)
        : new Outcome.Alive(attention);
  }

  private Outcome attached(SessionId id, boolean attention) {
    TreeMap<Long, Outcome.Held> held = new TreeMap<>();
    boolean[] revoked = {attention};
    lines.forEach(
        (name, line) ->
            line.tickets().stream()
                .filter(ticket -> ticket.session().equals(id))
                .forEach(
                    ticket -> {
                      boolean granted = granted().containsKey(ticket.number());
                      revoked[0] |= ticket.revoked();
                      boolean kept = granted && ticket.exclusive() && ticket.recallable();
                      boolean recalled = kept && line.tickets().size() > 1;
                      held.put(
                          ticket.number(),
                          new Outcome.Held(
                              name, ticket.request(), ticket.number(), granted, recalled));
                    }));
    return new Outcome.Attached(revoked[0], List.copyOf(held.values()));
  }

  private Outcome once(Life life, Command.Once command) {
    Command.Place place = command.place();
    if (place.sequence() < 1 || place.settled() < 0 || place.settled() > place.sequence()) {
      return failed(Outcome.Why.REFUSED);
    }
    life.settled = Math.max(life.settled, place.settled());
    if (place.sequence() < life.settled) {
      return failed(Outcome.Why.SETTLED);
    }
    Outcome before = life.outcomes.get(place.sequence());
    if (before != null) {
      return before;
    }
    Outcome outcome;
    try {
      outcome = perform(command);
    } catch (IllegalArgumentException | IllegalStateException e) {
      outcome = failed(Outcome.Why.REFUSED);
    }
    life.outcomes.put(place.sequence(), outcome);
    return outcome;
  }

  private Outcome perform(Command.Once command) {
    SessionId id = command.session();
    if (command instanceof Command.Enter enter) {
      Ask ask = enter.ask();
      Line line = line(enter.name());
      Line.Entered entered =
          enter.onlyIfFree()
              ? line.tryEnter(ask, number + 1, wall)
              : line.enter(ask, number + 1, wall);
      put(enter.name(), entered.line());
      number = Math.max(number, entered.line().last());
      TicketState state = TicketStates.of(entered);
      recall(id, enter.name(), state);
      return new Outcome.Ticket(state);
    }
    if (command instanceof Command.Leave leave) {
      Line line = line(leave.name());
      Ticket ticket = own(id, line.find(leave.request()).orElse(null), leave.number());
      if (ticket != null) {
        put(leave.name(), line.leave(ticket.number(), wall).line());
      }
      return new Outcome.Found(ticket != null);
    }
    Command.Weaken weaken = (Command.Weaken) command;
    Line line = line(weaken.name());
    Ticket ticket = own(id, line.find(weaken.request()).orElse(null), weaken.number());
    if (ticket == null) {
      return new Outcome.Ticket(new TicketState.Gone());
    }
    Line after = line.weaken(ticket.number(), weaken.weight(), weaken.capacity(), wall).line();
    put(weaken.name(), after);
    return new Outcome.Ticket(TicketStates.of(after, ticket.number()));
  }

  private static @Nullable Ticket own(SessionId id, @Nullable Ticket ticket, long number) {
    return ticket != null
            && ticket.session().equals(id)
            && (number == 0 || number == ticket.number())
        ? ticket
        : null;
  }

  private void recall(SessionId asking, LockName name, TicketState state) {
    if (state instanceof TicketState.Waiting waiting && waiting.ahead() == 1) {
      Ticket ahead = line(name).tickets().get(0);
      if (ahead.recallable() && ahead.exclusive() && !ahead.session().equals(asking)) {
        notices.add(new Notice.Recalled(ahead.session(), name));
      }
    }
  }

  private Outcome revoke(Command.Revoke revoke) {
    LockName name = revoke.name();
    Map<Long, LockName> granted = granted();
    Set<SessionId> holders = new LinkedHashSet<>();
    int count = 0;
    for (Ticket ticket : line(name).tickets()) {
      if (revoke.number().isPresent()
          ? revoke.number().getAsLong() == ticket.number()
          : granted.containsKey(ticket.number())) {
        count++;
        holders.add(ticket.session());
        Line line = line(name);
        put(
            name,
            (revoke.now() ? line.leave(ticket.number(), wall) : line.revoke(ticket.number()))
                .line());
      }
    }
    for (SessionId holder : holders) {
      alive.computeIfPresent(
          holder,
          (id, life) -> {
            life.attention = true;
            return life;
          });
      notices.add(new Notice.Changed(holder, name));
    }
    return new Outcome.Revoked(count);
  }

  private Outcome list(Command.List command) {
    int limit = command.limit() <= 0 ? Integer.MAX_VALUE : command.limit();
    List<LineView> all = new ArrayList<>();
    lines.forEach(
        (name, line) -> {
          boolean behind =
              command.after().isEmpty() || name.compareTo(LockName.of(command.after())) > 0;
          if (behind && name.text().startsWith(command.prefix())) {
            Set<Long> granted = granted().keySet();
            List<Ticket> tickets = line.tickets();
            all.add(
                new LineView(
                    name,
                    tickets,
                    tickets.stream().map(t -> granted.contains(t.number())).toList()));
          }
        });
    return new Outcome.Listed(all.subList(0, Math.min(limit, all.size())), all.size() > limit);
  }
}
