package io.tyer.store.redis;

import static io.tyer.testkit.contract.Asked.answer;

import io.tyer.line.Ask;
import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
import io.tyer.spi.LineView;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreSession;
import io.tyer.spi.TicketState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One random sequence of requests, made of the scripts and of a {@link Line}, compared at every
 * step.
 */
final class ScriptWalk {

  private static final int SESSIONS = 4;
  private static final int MOST_NAMED = 16;
  private static final int NEAREST = 64;

  private final ScriptWalks walks;
  private final LockName name;
  private final String label;
  private final Random random;
  private final int enterPercent;
  private final int diePercent;
  private final int kind;
  private final List<ScriptWalks.Told> sessions = new ArrayList<>();
  private final List<Ask> asked = new ArrayList<>();
  private final List<String> history = new ArrayList<>();
  private final Map<RequestId, ScriptWalks.Told> expectedGrants = new HashMap<>();
  private final Set<RequestId> tolds = new HashSet<>();
  private final Set<SessionId> dead = new HashSet<>();
  private Line line = Line.empty(0);

  ScriptWalk(
      ScriptWalks walks,
      LockName name,
      String label,
      Random random,
      int enterPercent,
      int diePercent)
      throws Exception {
    this.walks = walks;
    this.name = name;
    this.label = label;
    this.random = random;
    this.enterPercent = enterPercent;
    this.diePercent = diePercent;
    this.kind = random.nextInt(5);
    for (int i = 0; i < SESSIONS; i++) {
      sessions.add(walks.open());
    }
  }

  int length() {
    return line.length();
  }

  void step() throws Exception {
    if (random.nextInt(100) < diePercent) {
      someDie();
    } else if (random.nextInt(100) < enterPercent) {
      enter(random.nextInt(4) == 0);
    } else {
      switch (random.nextInt(12)) {
        case 0, 1, 2, 3, 4 -> leave();
        case 5, 6 -> weaken();
        case 7, 8 -> check();
        case 9 -> revoke(false);
        case 10 -> revoke(true);
        default -> endOne();
      }
    }
    compare();
  }

  // ---- the steps

  private void enter(boolean onlyTry) throws Exception {
    boolean again = !asked.isEmpty() && random.nextInt(8) == 0;
    Ask ask = again ? asked.get(random.nextInt(asked.size())) : ask();
    StoreSession session = session(ask);
    if (session == null) {
      return;
    }
    asked.add(ask);
    history.add((onlyTry ? "try " : "enter ") + ask);
    TicketState state = answer(reply -> session.enter(name, ask, onlyTry, reply));
    long number = number(state);
    Line.Entered entered =
        onlyTry ? line.tryEnter(ask, number, 0) : line.enter(ask, Math.max(number, 0), 0);
    while (onlyTry && entered.ticket() == null && dropDead(entered.blockers())) {
      entered = line.tryEnter(ask, number, 0);
    }
    Ticket ticket = entered.ticket();
    if (ticket == null) {
      expect(state instanceof TicketState.Refused, "refused, not " + state);
      expectBlockers(
          entered.blockers(),
          ((TicketState.Refused) state).blockers(),
          entered.ahead(),
          ask.exclusive());
      expect(((TicketState.Refused) state).ahead() == entered.ahead(), "ahead in " + state);
    } else if (entered.granted()) {
      expectGranted(state, ticket, entered.line());
    } else {
      expectWaiting(state, ticket, entered.ahead(), entered.blockers());
    }
    line = entered.line();
  }

  private void leave() throws Exception {
    Ask ask = someAsk();
    StoreSession session = session(ask);
    if (session == null) {
      return;
    }
    history.add("leave " + ask.request());
    boolean left = answer(reply -> session.leave(name, ask.request(), 0, reply));
    Line.Changed changed = line.leave(ask.request(), 0);
    expect(left == changed.found(), "left: " + left);
    follow(changed);
  }

  private void weaken() throws Exception {
    Ask ask = someAsk();
    StoreSession session = session(ask);
    if (session == null) {
      return;
    }
    int capacity = capacity();
    int weight = weight(capacity);
    history.add("weaken " + ask.request() + " to " + weight + "/" + capacity);
    long number = line.find(ask.request()).map(Ticket::number).orElse(0L);
    TicketState state;
    try {
      state = answer(reply -> session.weaken(name, ask.request(), number, weight, capacity, reply));
    } catch (StoreException e) {
      expect(e.kind() == StoreException.Kind.REFUSED, "refused, not " + e.kind());
      try {
        Line.Changed unexpected = line.weaken(number, weight, capacity, 0);
        throw new AssertionError(at("the scripts refused what the line does: " + unexpected), e);
      } catch (IllegalStateException asExpected) {
        return;
      }
    }
    Line.Changed changed = line.weaken(number, weight, capacity, 0);
    follow(changed);
    if (changed.found()) {
      expectGranted(state, line.find(number).orElseThrow(), line);
    } else {
      expect(state instanceof TicketState.Gone, "gone, not " + state);
    }
  }

  private void check() throws Exception {
    Ask ask = someAsk();
    StoreSession session = session(ask);
    if (session == null) {
      return;
    }
    history.add("check " + ask.request());
    TicketState state = answer(reply -> session.check(name, ask.request(), 0, reply));
    Line.Standing standing = line.check(ask.request());
    while (standing instanceof Line.Standing.Waiting waiting && dropDead(waiting.blockers())) {
      standing = line.check(ask.request());
    }
    if (standing instanceof Line.Standing.Granted granted) {
      expectGranted(state, granted.ticket(), line);
    } else if (standing instanceof Line.Standing.Waiting waiting) {
      expectWaiting(state, waiting.ticket(), waiting.ahead(), waiting.blockers());
    } else {
      expect(state instanceof TicketState.Gone, "gone, not " + state);
    }
  }

  private void revoke(boolean now) throws Exception {
    if (line.isEmpty()) {
      return;
    }
    Ticket ticket = line.tickets().get(random.nextInt(line.length()));
    history.add((now ? "remove " : "revoke ") + ticket.number());
    int count = walks.revoke(name, OptionalLong.of(ticket.number()), now);
    expect(count == 1, "one ticket, not " + count);
    follow(now ? line.leave(ticket.number(), 0) : line.revoke(ticket.number()));
  }

  /** Sessions die, and nobody has noticed when others meet their tickets. */
  private void someDie() throws Exception {
    if (line.length() > NEAREST) {
      // Scripts then drop the dead among those they name.
      return;
    }
    for (int i = random.nextInt(SESSIONS - 1); i >= 0; i--) {
      int which = random.nextInt(SESSIONS);
      ScriptWalks.Told told = sessions.get(which);
      history.add("die " + told.session().id());
      walks.letDie(told.session().id());
      dead.add(told.session().id());
      expectedGrants.values().removeIf(told::equals);
      sessions.set(which, walks.open());
    }
    for (int i = random.nextInt(6); i > 0; i--) {
      if (random.nextBoolean()) {
        enter(true);
      } else {
        check();
      }
    }
    // Whoever lists the line sweeps first.
    follow(line.drop(dead::contains, 0));
  }

  /** Drops those of the dead that a script names. */
  private boolean dropDead(List<Ticket> blockers) {
    List<Ticket> dropped =
        blockers.subList(0, Math.min(MOST_NAMED, blockers.size())).stream()
            .filter(blocker -> dead.contains(blocker.session()))
            .toList();
    dropped.forEach(ticket -> follow(line.leave(ticket.number(), 0)));
    if (dropped.size() > 1) {
      walks.severalMet();
    }
    return !dropped.isEmpty();
  }

  /** A session ends, and another one comes in its place. */
  private void endOne() throws Exception {
    int which = random.nextInt(SESSIONS);
    ScriptWalks.Told told = sessions.get(which);
    history.add("end " + told.session().id());
    boolean ended = answer(told.session()::end);
    expect(ended, "it was open");
    expectedGrants.values().removeIf(told::equals);
    Line.Changed changed = line.drop(told.session().id()::equals, 0);
    sessions.set(which, walks.open());
    follow(changed);
  }

  // ---- asks

  private Ask ask() {
    StoreSession session = sessions.get(random.nextInt(SESSIONS)).session();
    RequestId request = new RequestId(random.nextLong(), random.nextLong());
    String owner =
        new String[] {"", "host pid 7 main", " caf\u00e9  \u2028", "%d %s"}[random.nextInt(4)];
    boolean exclusive =
        switch (kind) {
          case 0 -> true;
          case 1 -> random.nextInt(100) < 30;
          case 2 -> false;
          default -> random.nextInt(100) < 15;
        };
    if (exclusive) {
      return Ask.exclusive(session.id(), request, owner, random.nextBoolean());
    }
    int capacity = capacity();
    return Ask.shared(
        session.id(), request, owner, weight(capacity), capacity, random.nextBoolean());
  }

  private int capacity() {
    return switch (kind) {
      case 0, 1 -> Ask.UNBOUNDED;
      case 2 -> 5;
      default -> new int[] {Ask.UNBOUNDED, Ask.MAX_PERMITS, 1, 3, 9, 40}[random.nextInt(6)];
    };
  }

  private int weight(int capacity) {
    return 1 + random.nextInt(Math.min(capacity, random.nextInt(4) == 0 ? 1_000 : 3));
  }

  private Ask someAsk() {
    if (asked.isEmpty() || random.nextInt(20) == 0) {
      return ask();
    }
    // Rather the recent ones: the others have left.
    int last = asked.size() - 1;
    return asked.get(Math.max(0, last - random.nextInt(Math.max(1, line.length() + 3))));
  }

  /** The session that asks; null if it has ended. */
  private @Nullable StoreSession session(Ask ask) {
    for (ScriptWalks.Told told : sessions) {
      if (told.session().id().equals(ask.session())) {
        return told.session();
      }
    }
    return null;
  }

  // ---- comparing

  private void follow(Line.Changed changed) {
    line = changed.line();
    for (Ticket ticket : changed.granted()) {
      for (ScriptWalks.Told told : sessions) {
        if (told.session().id().equals(ticket.session())) {
          expectedGrants.put(ticket.request(), told);
          tolds.add(ticket.request());
        }
      }
    }
  }

  private static long number(TicketState state) {
    if (state instanceof TicketState.Granted granted) {
      return granted.number();
    }
    return state instanceof TicketState.Waiting waiting ? waiting.number() : 0;
  }

  private void expectGranted(TicketState state, Ticket ticket, Line now) {
    Line.Standing standing = now.check(ticket.number());
    expect(standing instanceof Line.Standing.Granted, "the line grants it");
    int behind = ((Line.Standing.Granted) standing).behind();
    expect(
        state.equals(new TicketState.Granted(ticket.number(), ticket.revoked(), behind)),
        "granted, with " + behind + " behind, not " + state);
  }

  private void expectWaiting(TicketState state, Ticket ticket, int ahead, List<Ticket> blockers) {
    expect(state instanceof TicketState.Waiting, "waiting behind " + ahead + ", not " + state);
    TicketState.Waiting waiting = (TicketState.Waiting) state;
    expect(waiting.number() == ticket.number(), "the number " + ticket.number());
    expect(waiting.ahead() == ahead, ahead + " ahead, not " + waiting.ahead());
    expectBlockers(blockers, waiting.blockers(), ahead, ticket.exclusive());
  }

  private void expectBlockers(
      List<Ticket> expected, List<Ticket> named, int ahead, boolean exclusive) {
    List<Ticket> some = timeless(named);
    if (exclusive || ahead <= NEAREST) {
      List<Ticket> first = expected.subList(0, Math.min(MOST_NAMED, expected.size()));
      expect(some.equals(timeless(first)), "blockers " + first + ", not " + named);
    } else {
      expect(
          !some.isEmpty() && timeless(line.tickets()).containsAll(some),
          "tickets ahead, not " + named);
    }
  }

  private void compare() throws Exception {
    List<LineView> views = walks.list(name).stream().filter(v -> v.name().equals(name)).toList();
    if (line.isEmpty()) {
      expect(views.isEmpty(), "no line, not " + views);
      return;
    }
    expect(views.size() == 1, "one line, not " + views);
    expect(
        timeless(views.get(0).tickets()).equals(timeless(line.tickets())),
        "the line " + line.tickets() + ", not " + views.get(0).tickets());
    expect(
        views
            .get(0)
            .granted()
            .equals(line.tickets().stream().map(t -> line.isGranted(t.number())).toList()),
        "granted as in the line, not " + views.get(0).granted());
    String summary = walks.summary(name);
    long exclusive = line.tickets().stream().filter(Ticket::exclusive).count();
    expect(summary != null || exclusive == line.length(), "a summary beside shared tickets");
    if (summary != null) {
      long weight =
          line.tickets().stream().filter(t -> !t.exclusive()).mapToLong(Ticket::weight).sum();
      String counted = exclusive + " " + weight;
      expect(summary.equals(counted), "the summary " + counted + ", not " + summary);
    }
  }

  /** Nothing is decided by the time, and a real clock gave it. */
  private static List<Ticket> timeless(List<Ticket> tickets) {
    return tickets.stream().map(t -> t.grantedAt(0)).toList();
  }

  /** Every session is told of each grant that was not answered, and of nothing else. */
  void awaitMessages() throws InterruptedException {
    long last = System.nanoTime() + 30_000_000_000L;
    while (!expectedGrants.entrySet().stream()
        .allMatch(e -> e.getValue().granted().contains(e.getKey()))) {
      expect(System.nanoTime() - last < 0, "told of " + expectedGrants.keySet());
      Thread.sleep(1);
    }
    for (ScriptWalks.Told told : sessions) {
      expect(tolds.containsAll(told.granted()), "told of grants only, not " + told.granted());
    }
  }

  private void expect(boolean condition, String what) {
    if (!condition) {
      throw new AssertionError(at("expected: " + what));
    }
  }

  private String at(String what) {
    List<String> latest = history.subList(Math.max(0, history.size() - 12), history.size());
    return label + ", step " + history.size() + ": " + what + "; after " + latest;
  }

  /** Ends all sessions. */
  void end() throws Exception {
    for (ScriptWalks.Told told : sessions) {
      boolean unused = answer(told.session()::end);
    }
  }
}
