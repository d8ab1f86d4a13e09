package io.tyer.engine;

import io.tyer.LossCause;
import io.tyer.line.Ask;
import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
import io.tyer.spi.StoreException;
import io.tyer.spi.TicketState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One name's rules in a small world: a line, another client, requests that are served, lost or
 * answered late, a session that ends, and timers. Whatever happens next is one of {@link #choices}.
 */
final class NameWorld {

  private static final LockName NAME = LockName.of("it");
  private static final SessionId STRANGER = new SessionId(9, 9);

  private record Session(SessionId id, boolean leavesAndEnters) implements OpenSession {
    @Override
    public long requestPrefix() {
      return id.high();
    }
  }

  /** A request that the store has not served yet; late if its failure is known already. */
  private record Pending(Effect request, boolean late) {}

  private record Timer(long at, Event event) {}

  /** A choice, by its name. */
  record Choice(String name, Runnable make) {}

  private final NameRules rules;
  private final Mode mode;
  private final boolean biased;
  private final boolean strict;
  private final List<Pending> pending = new ArrayList<>();
  private final List<Timer> timers = new ArrayList<>();
  private final List<Waiter> waiters = new ArrayList<>();
  private Line line = Line.empty(0);
  private int sessions = 1;
  private @Nullable Session session;
  private boolean sessionNeeded;
  private long now = 1_000_000_000;
  private int waiting;

  /** Without bias. */
  NameWorld(int batons, boolean leavesAndEnters) {
    this(state -> state, Mode.EXCLUSIVE, false, batons, leavesAndEnters, false);
  }

  /** Without bias, and with callers who read. */
  static NameWorld ofReaders(int batons) {
    return new NameWorld(state -> state, Mode.READ, false, batons, false, false);
  }

  /** Without bias, and under strict order. */
  static NameWorld strict(Mode mode) {
    return new NameWorld(state -> state, mode, false, 16, true, true);
  }

  /** With these rules around those of the name, and callers who would have tickets kept. */
  NameWorld(Function<NameState, NameRules> around) {
    this(around, Mode.EXCLUSIVE, true, 16, true, false);
  }

  private NameWorld(
      Function<NameState, NameRules> around,
      Mode mode,
      boolean biased,
      int batons,
      boolean leavesAndEnters,
      boolean strict) {
    Rules figures =
        new Rules(
            batons,
            10_000_000,
            strict,
            15_000_000_000L,
            1_500_000_000,
            5_000_000_000L,
            5_000_000_000L,
            100_000_000,
            1_000_000_000,
            15_000_000_000L);
    this.mode = mode;
    this.strict = strict;
    this.biased = biased;
    this.rules = around.apply(new NameState(figures, 1));
    this.session = new Session(new SessionId(1, 1), leavesAndEnters);
  }

  // ---- what may happen

  List<Choice> choices() {
    List<Choice> all = new ArrayList<>();
    if (waiters.stream().filter(w -> !w.decided || caller(w).holds).count() < 3) {
      all.add(new Choice("acquire", () -> acquire(false)));
      all.add(new Choice("try", () -> acquire(true)));
    }
    for (Waiter waiter : waiters) {
      WorldCaller caller = caller(waiter);
      if (caller.holds) {
        all.add(new Choice("release", () -> release(caller)));
      } else if (!waiter.decided) {
        all.add(new Choice("withdraw", () -> on(new Event.Withdraw(waiter, true))));
      }
    }
    if (!pending.isEmpty()) {
      Pending first = pending.get(0);
      all.add(new Choice("served " + first, () -> serve(first, true)));
      if (!first.late) {
        all.add(new Choice("reply lost " + first, () -> serve(first, false)));
        all.add(new Choice("late " + first, () -> late(first)));
        all.add(new Choice("not reached " + first, () -> unreached(first)));
      }
    }
    boolean strangerIn = line.tickets().stream().anyMatch(t -> t.session().equals(STRANGER));
    all.add(new Choice("stranger", () -> stranger(strangerIn)));
    if (session != null) {
      all.add(new Choice("session over", this::endSession));
    } else if (sessionNeeded) {
      all.add(new Choice("session opens", this::openSession));
    }
    if (!timers.isEmpty()) {
      all.add(new Choice("timer", this::ring));
    }
    all.add(new Choice("changed", () -> on(new Event.Changed())));
    if (biased) {
      all.add(new Choice("recalled", () -> on(new Event.Recalled())));
    }
    return all;
  }

  private static WorldCaller caller(Waiter waiter) {
    return (WorldCaller) waiter.holding;
  }

  private void acquire(boolean onlyIfFree) {
    WorldCaller caller = new WorldCaller();
    caller.waitedBefore = waitingStranger();
    Wanted wanted = new Wanted(NAME, mode, 1, "", 0, biased);
    Waiter waiter = new Waiter(wanted, onlyIfFree, now, caller, caller);
    waiters.add(waiter);
    on(new Event.Acquire(waiter));
  }

  private void release(WorldCaller caller) {
    caller.holds = false;
    on(new Event.Release(caller));
  }

  private long waitingStranger() {
    return line.tickets().stream()
        .filter(t -> t.session().equals(STRANGER) && !line.isGranted(t.number()))
        .mapToLong(Ticket::number)
        .findFirst()
        .orElse(0);
  }

  private void stranger(boolean leaves) {
    RequestId request = new RequestId(9, 9);
    if (leaves) {
      line = line.leave(request, 0).line();
    } else {
      line = line.enter(Ask.exclusive(STRANGER, request, "", false), 1, 0).line();
    }
  }

  private void endSession() {
    Session ended = session;
    session = null;
    if (ended != null) {
      line = line.drop(ended.id()::equals, 0).line();
      on(new Event.SessionOver(ended, LossCause.UNPROVED));
    }
  }

  private void openSession() {
    sessionNeeded = false;
    session = new Session(new SessionId(++sessions, 1), true);
    on(new Event.SessionReady());
  }

  private void ring() {
    Timer first = timers.stream().min(Comparator.comparingLong(Timer::at)).orElseThrow();
    timers.remove(first);
    now = Math.max(now, first.at);
    on(first.event);
  }

  // ---- the store

  private void serve(Pending served, boolean told) {
    pending.remove(served);
    Effect request = served.request;
    if (request instanceof Effect.LeaveAndEnter both) {
      serve(new Pending(both.leave(), served.late), told);
      serve(new Pending(both.enter(), served.late), told);
    } else if (request instanceof Effect.Enter enter) {
      RequestId ticket = enter.ask().request();
      if (enter.session() != session) {
        on(new Event.EnterFailed(ticket, failure(StoreException.Kind.SESSION_DEAD)));
        return;
      }
      Line.Entered entered =
          enter.onlyIfFree() ? line.tryEnter(enter.ask(), 1, 0) : line.enter(enter.ask(), 1, 0);
      line = entered.line();
      if (told) {
        TicketState state =
            entered.refused()
                ? new TicketState.Refused(entered.ahead(), entered.blockers())
                : state(ticket);
        on(new Event.Entered(enter.session(), ticket, state));
      } else {
        on(new Event.EnterFailed(ticket, failure(StoreException.Kind.UNKNOWN)));
      }
    } else if (request instanceof Effect.Leave leave) {
      line = line.leave(leave.ticket(), 0).line();
      on(
          told
              ? new Event.Left(leave.ticket(), leave.sentNanos())
              : new Event.LeaveFailed(leave.ticket(), failure(StoreException.Kind.UNKNOWN)));
    } else if (request instanceof Effect.LeaveStranger leave) {
      line = line.leave(leave.stranger().request(), 0).line();
      on(new Event.StrangerLeft(leave.stranger()));
    } else if (request instanceof Effect.Look look) {
      RequestId ticket = look.check().ticket();
      on(
          told
              ? new Event.Looked(ticket, state(ticket), look.look())
              : new Event.LookFailed(ticket, failure(StoreException.Kind.UNKNOWN), look.look()));
    } else if (request instanceof Effect.Check check) {
      on(
          told
              ? new Event.Checked(check.ticket(), state(check.ticket()))
              : new Event.CheckFailed(check.ticket(), failure(StoreException.Kind.UNKNOWN)));
    }
  }

  private TicketState state(RequestId request) {
    Line.Standing standing = line.check(request);
    if (standing instanceof Line.Standing.Granted granted) {
      return new TicketState.Granted(granted.ticket().number(), false, granted.behind());
    }
    if (standing instanceof Line.Standing.Waiting waits) {
      return new TicketState.Waiting(waits.ticket().number(), waits.ahead(), waits.blockers());
    }
    return new TicketState.Gone();
  }

  /** Nobody answers; the request takes effect later, and then it is answered. */
  private void late(Pending of) {
    pending.remove(of);
    pending.add(new Pending(of.request, true));
    fail(of.request, StoreException.Kind.UNKNOWN);
  }

  private void unreached(Pending of) {
    pending.remove(of);
    fail(of.request, StoreException.Kind.UNREACHABLE);
  }

  private void fail(Effect request, StoreException.Kind kind) {
    if (request instanceof Effect.LeaveAndEnter both) {
      fail(both.leave(), kind);
      fail(both.enter(), kind);
    } else if (request instanceof Effect.Enter enter) {
      on(new Event.EnterFailed(enter.ask().request(), failure(kind)));
    } else if (request instanceof Effect.Leave leave) {
      on(new Event.LeaveFailed(leave.ticket(), failure(kind)));
    } else if (request instanceof Effect.Check check) {
      on(new Event.CheckFailed(check.ticket(), failure(kind)));
    } else if (request instanceof Effect.Look look) {
      on(new Event.LookFailed(look.check().ticket(), failure(kind), look.look()));
    } else if (request instanceof Effect.LeaveStranger leave) {
      on(new Event.StrangerStays(leave.stranger(), failure(kind)));
    }
  }

  private static StoreException failure(StoreException.Kind kind) {
    return new StoreException(kind, "for the test");
  }

  // ---- the rules, and what must hold of what they answer

  private void on(Event event) {
    now += 1_000;
    SessionNow known = session == null ? SessionNow.NONE : new SessionNow(session, true);
    for (Effect effect : List.copyOf(rules.on(event, known, now))) {
      perform(effect);
    }
    require(waiting >= 0 && (strict || waiting <= 1), "one ticket waits at a time");
  }

  private void perform(Effect effect) {
    if (effect instanceof Effect.Grant grant) {
      WorldCaller caller = caller(grant.waiter());
      require(grant.session() == session, "granted by a session that is over");
      OpenSession by = grant.session();
      boolean granted =
          line.tickets().stream()
              .anyMatch(t -> t.session().equals(by.id()) && line.isGranted(t.number()));
      require(granted, "granted without a granted ticket");
      boolean held = waiters.stream().anyMatch(w -> caller(w).holds && !caller(w).lost);
      require(mode.read() || !held, "two hold it");
      boolean waits = caller.waitedBefore != 0 && caller.waitedBefore == waitingStranger();
      require(biased || !grant.waiter().onlyIfFree || !waits, "a try overtakes another client");
      caller.told++;
      caller.holds = true;
    } else if (effect instanceof Effect.End end) {
      caller(end.waiter()).told++;
    } else if (effect instanceof Effect.Fail fail) {
      caller(fail.waiter()).told++;
    } else if (effect instanceof Effect.Baton) {
      require(!strict, "handed on under strict order");
    } else if (effect instanceof Effect.Lose lose) {
      lose.holding().lose(lose.cause());
    } else if (effect instanceof Effect.NeedSession) {
      sessionNeeded = true;
    } else if (effect instanceof Effect.Crowd crowd) {
      waiting += crowd.more();
    } else if (effect instanceof Effect.Later later) {
      timers.add(new Timer(now + later.nanos(), later.event()));
    } else if (effect instanceof Effect.SetAlarm set) {
      Event due = new Event.Due(set.alarm(), set.stamp(), set.event());
      timers.add(new Timer(now + set.nanos(), due));
    } else if (effect instanceof Effect.CheckLater check) {
      Event due = new Event.CheckDue(check.ticket(), 0);
      timers.add(
          new Timer(now + check.intervalNanos(), new Event.Due(check.alarm(), check.stamp(), due)));
    } else if (effect instanceof Effect.Enter
        || effect instanceof Effect.Leave
        || effect instanceof Effect.LeaveAndEnter
        || effect instanceof Effect.LeaveStranger
        || effect instanceof Effect.Check
        || effect instanceof Effect.Look) {
      pending.add(new Pending(effect, false));
    }
    for (Waiter waiter : waiters) {
      require(caller(waiter).told <= 1, "told twice");
    }
  }

  private static void require(boolean met, String otherwise) {
    if (!met) {
      throw new IllegalStateException(otherwise);
    }
  }

  // ---- the end

  /** Nothing goes wrong any more: everybody is served in turn, and nothing is left. */
  void comeToRest() {
    if (line.tickets().stream().anyMatch(t -> t.session().equals(STRANGER))) {
      stranger(true);
    }
    for (int steps = 0; steps < 400 && !rested(); steps++) {
      Waiter holder = waiters.stream().filter(w -> caller(w).holds).findFirst().orElse(null);
      if (!pending.isEmpty()) {
        serve(pending.get(0), true);
      } else if (holder != null) {
        release(caller(holder));
      } else if (session == null && sessionNeeded) {
        openSession();
      } else if (!timers.isEmpty()) {
        ring();
      } else {
        break;
      }
    }
    require(waiters.stream().allMatch(w -> caller(w).told == 1), "somebody was forgotten");
    require(line.isEmpty(), "a ticket is left: " + line.tickets());
    require(rules.idle(), "it is not idle");
  }

  private boolean rested() {
    boolean quiet = pending.isEmpty() && waiters.stream().noneMatch(w -> caller(w).holds);
    return quiet && rules.idle() && waiters.stream().allMatch(w -> caller(w).told == 1);
  }
}
