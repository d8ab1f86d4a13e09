package io.tyer.server.state;

import io.tyer.line.Ask;
import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
import io.tyer.server.access.AccessToken;
import io.tyer.server.access.Quotas;
import io.tyer.server.access.Right;
import io.tyer.server.access.TokenId;
import io.tyer.spi.LineView;
import io.tyer.spi.TicketState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
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
    private TokenId token;
    private final String owner;

    Life(long ttl, long sign, TokenId token, String owner) {
      this.owner = owner;
      this.ttl = ttl;
      this.sign = sign;
      this.token = token;
    }
  }

  private final TreeMap<SessionId, Life> alive = new TreeMap<>();
  private final Set<SessionId> dead = new HashSet<>();
  private final TreeMap<LockName, Line> lines = new TreeMap<>();
  private final List<Notice> notices = new ArrayList<>();
  private final TreeMap<TokenId, AccessToken> tokens = new TreeMap<>();
  private long now;
  private long wall;
  private long number;
  private int adopted = 2;

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
                          && ((Command.OfSession) c).session().equals(id)
                          && !(c instanceof Command.Open && isUsed(life))
                          && isKnown(c instanceof Command.ByToken by ? by.by() : life.token));
      if (life.sign + life.ttl <= now && !sign) {
        alive.remove(id);
        dead.add(id);
        notices.add(new Notice.Ended(id, ""));
      }
    }
    if (adopted >= 3) {
      // All at once, and while whoever has just ended still stands in the way.
      dropWaiting(token -> !isKnown(token) && tokens.containsKey(token));
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

  private static boolean isUsed(Life life) {
    return life.settled > 0 || !life.outcomes.isEmpty();
  }

  private boolean isKnown(TokenId by) {
    AccessToken token = tokens.get(by);
    return by.isNone() || (token != null && !token.isExpired(wall));
  }

  private Outcome.@Nullable Why refusal(TokenId by, Right right, String name) {
    if (!isKnown(by)) {
      return Outcome.Why.NOT_KNOWN;
    }
    AccessToken token = tokens.get(by);
    boolean may =
        token == null
            || token.grants().stream()
                .anyMatch(g -> g.rights().contains(right) && name.startsWith(g.prefix()));
    return may ? null : Outcome.Why.FORBIDDEN;
  }

  private Outcome.TokenView view(AccessToken token) {
    int sessions = 0;
    int tickets = 0;
    int waiting = 0;
    for (Map.Entry<SessionId, Life> one : alive.entrySet()) {
      if (one.getValue().token.equals(token.id())) {
        sessions++;
        tickets += tickets(one.getKey(), false);
        waiting += tickets(one.getKey(), true);
      }
    }
    return new Outcome.TokenView(token, sessions, tickets, waiting, bytes(token.id()));
  }

  private long bytes(TokenId token) {
    long bytes = 0;
    for (Life life : alive.values()) {
      bytes += life.token.equals(token) ? utf8(life.owner) : 0;
    }
    for (Map.Entry<LockName, Line> line : lines.entrySet()) {
      for (Ticket ticket : line.getValue().tickets()) {
        Life life = alive.get(ticket.session());
        if (life != null && life.token.equals(token)) {
          bytes += utf8(line.getKey().text()) + utf8(ticket.owner());
        }
      }
    }
    return bytes;
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private int tickets(SessionId session, boolean waiting) {
    Set<Long> granted = granted().keySet();
    return (int)
        lines.values().stream()
            .flatMap(line -> line.tickets().stream())
            .filter(ticket -> ticket.session().equals(session))
            .filter(ticket -> !waiting || !granted.contains(ticket.number()))
            .count();
  }

  private boolean isFull(TokenId by, int sessions, int tickets, int waiting, int bytes) {
    AccessToken token = tokens.get(by);
    if (token == null) {
      return false;
    }
    Outcome.TokenView used = view(token);
    Quotas most = token.quotas();
    return exceeds(used.sessions(), sessions, most.sessions())
        || exceeds(used.tickets(), tickets, most.tickets())
        || exceeds(used.waiting(), waiting, most.waiting())
        || exceeds(used.bytes(), bytes, most.bytes());
  }

  private static boolean exceeds(long used, long more, long most) {
    return more > 0 && most > 0 && used + more > most;
  }

  private Outcome ofTokens(Command.ByToken command) {
    Outcome.Why why = refusal(command.by(), Right.ADMIN, "");
    if (why != null) {
      return failed(why);
    }
    if (command instanceof Command.CreateToken create) {
      boolean isNewer =
          create.token().quotas().bytes() > 0
              || create.token().grants().stream().anyMatch(g -> g.rights().contains(Right.METRICS));
      if (isNewer && adopted < 3) {
        return failed(Outcome.Why.REFUSED);
      }
      AccessToken there = tokens.putIfAbsent(create.token().id(), create.token());
      return there == null || isSame(there, create.token())
          ? new Outcome.Nothing()
          : failed(Outcome.Why.REFUSED);
    }
    if (command instanceof Command.RevokeToken revoke) {
      boolean found = tokens.remove(revoke.id()) != null;
      if (found) {
        dropWaiting(revoke.id()::equals);
      }
      return new Outcome.Found(found);
    }
    Command.ListTokens list = (Command.ListTokens) command;
    List<AccessToken> all = List.copyOf(tokens.tailMap(list.after(), false).values());
    int limit = list.limit() <= 0 ? all.size() : Math.min(list.limit(), all.size());
    return new Outcome.Tokens(
        all.subList(0, limit).stream().map(this::view).toList(), all.size() > limit);
  }

  /** But for when it was asked for. */
  private static boolean isSame(AccessToken there, AccessToken asked) {
    return there.hash().equals(asked.hash())
        && there.label().equals(asked.label())
        && there.grants().equals(asked.grants())
        && there.quotas().equals(asked.quotas())
        && (there.expiresMillis() == 0
            ? asked.expiresMillis() == 0
            : asked.expiresMillis() != 0
                && there.expiresMillis() - there.createdMillis()
                    == asked.expiresMillis() - asked.createdMillis());
  }

  private void dropWaiting(Predicate<TokenId> tokens) {
    Set<Long> granted = granted().keySet();
    for (LockName name : List.copyOf(lines.keySet())) {
      for (Ticket ticket : line(name).tickets()) {
        Life life = alive.get(ticket.session());
        if (life != null && tokens.test(life.token) && !granted.contains(ticket.number())) {
          put(name, line(name).leave(ticket.number(), wall).line());
          life.attention = true;
          notices.add(new Notice.Changed(ticket.session(), name));
        }
      }
    }
  }

  private Outcome told(TokenId by, LockName name, TicketState state) {
    return new Outcome.Ticket(
        refusal(by, Right.READ, name.text()) == null ? state : TicketStates.withoutOwners(state));
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
    if (command instanceof Command.List list) {
      return list(list);
    }
    if (command instanceof Command.Adopt adopt) {
      adopted = adopt.version();
    }
    if (command instanceof Command.RaiseNumbers raise) {
      number = Math.max(number, raise.floor());
    }
    return command instanceof Command.ByToken byToken ? ofTokens(byToken) : new Outcome.Nothing();
  }

  private Outcome open(Command.Open open) {
    if (!isKnown(open.by())) {
      return failed(Outcome.Why.NOT_KNOWN);
    }
    AccessToken token = tokens.get(open.by());
    if (token != null
        && token.grants().stream().noneMatch(g -> g.rights().contains(Right.ACQUIRE))) {
      return failed(Outcome.Why.FORBIDDEN);
    }
    if (isFull(open.by(), 1, 0, 0, utf8(open.owner()))) {
      return failed(Outcome.Why.REFUSED);
    }
    if (dead.contains(open.session())) {
      return failed(Outcome.Why.SESSION_DEAD);
    }
    if (open.ttlMillis() < 1_000) {
      return failed(Outcome.Why.REFUSED);
    }
    alive.put(open.session(), new Life(open.ttlMillis(), now, open.by(), open.owner()));
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
      return told(life.token, check.name(), state);
    }
    if (command instanceof Command.Once once) {
      return once(life, once);
    }
    if (command instanceof Command.Open open && isUsed(life)) {
      life.token = isKnown(open.by()) ? open.by() : life.token;
      return failed(Outcome.Why.REFUSED);
    }
    TokenId by = command instanceof Command.ByToken byToken ? byToken.by() : life.token;
    if (!isKnown(by)) {
      return failed(Outcome.Why.NOT_KNOWN);
    }
    life.token = by;
    life.sign = now;
    boolean attention = life.attention;
    life.attention = false;
    return command instanceof Command.Attach
        ? attached(id, life.ttl, attention)
        : new Outcome.Alive(attention);
  }

  private Outcome attached(SessionId id, long ttl, boolean attention) {
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
                              name,
                              ticket.request(),
                              ticket.number(),
                              granted,
                              recalled,
                              ticket.exclusive(),
                              ticket.weight(),
                              ticket.capacity()));
                    }));
    return new Outcome.Attached(revoked[0], ttl, List.copyOf(held.values()));
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
      outcome = perform(life, command);
    } catch (IllegalArgumentException | IllegalStateException e) {
      outcome = failed(Outcome.Why.REFUSED);
    }
    boolean notAllowed =
        outcome instanceof Outcome.Failed failed
            && (failed.why() == Outcome.Why.NOT_KNOWN || failed.why() == Outcome.Why.FORBIDDEN);
    if (!notAllowed) {
      life.outcomes.put(place.sequence(), outcome);
    }
    return outcome;
  }

  private Outcome perform(Life life, Command.Once command) {
    SessionId id = command.session();
    if (command instanceof Command.Enter enter) {
      Outcome.Why why = refusal(life.token, Right.ACQUIRE, enter.name().text());
      if (why != null) {
        return failed(why);
      }
      Ask ask = enter.ask();
      Line line = line(enter.name());
      Line.Entered entered =
          enter.onlyIfFree()
              ? line.tryEnter(ask, number + 1, wall)
              : line.enter(ask, number + 1, wall);
      Ticket ticket = entered.ticket();
      if (ticket != null && ticket.number() > number) {
        boolean waits = !entered.line().isGranted(ticket.number());
        if (isFull(
            life.token, 0, 1, waits ? 1 : 0, utf8(enter.name().text()) + utf8(ask.owner()))) {
          return failed(Outcome.Why.REFUSED);
        }
      }
      put(enter.name(), entered.line());
      number = Math.max(number, entered.line().last());
      TicketState state = TicketStates.of(entered);
      recall(id, enter.name(), state);
      return told(life.token, enter.name(), state);
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
    Outcome.Why why = refusal(revoke.by(), Right.FORCE, name.text());
    if (why != null) {
      return failed(why);
    }
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
    if (!isKnown(command.by())) {
      return failed(Outcome.Why.NOT_KNOWN);
    }
    int limit = command.limit() <= 0 ? Integer.MAX_VALUE : command.limit();
    List<LineView> all = new ArrayList<>();
    lines.forEach(
        (name, line) -> {
          boolean behind =
              command.after().isEmpty() || name.compareTo(LockName.of(command.after())) > 0;
          boolean may = refusal(command.by(), Right.READ, name.text()) == null;
          if (may && behind && name.text().startsWith(command.prefix())) {
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
