package io.tyer.server.state;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.spi.TicketState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A state machine under test, with few words; each call is an entry of its own. */
final class Machine {

  static final long WALL = 1_800_000_000_000L;
  static final LockName A = LockName.of("a");
  static final LockName B = LockName.of("b");

  LockMachine machine = new LockMachine();
  final List<Notice> notices = new ArrayList<>();
  private final Map<SessionId, Long> sequences = new HashMap<>();

  static SessionId session(int i) {
    return new SessionId(7, i);
  }

  static RequestId request(int i) {
    return new RequestId(9, i);
  }

  static Ask exclusive(int session, int request) {
    return Ask.exclusive(session(session), request(request), "", false);
  }

  static Ask keeping(int session, int request) {
    return Ask.exclusive(session(session), request(request), "", true);
  }

  static Ask shared(int session, int request, int weight, int capacity) {
    return Ask.shared(session(session), request(request), "", weight, capacity, false);
  }

  /** Lets time pass, then applies all of them in one entry. */
  List<Outcome> entry(long elapsedMillis, Command... commands) {
    Applied applied = machine.apply(new Entry(elapsedMillis, WALL, Arrays.asList(commands)));
    notices.addAll(applied.notices());
    return applied.outcomes();
  }

  Outcome apply(Command command) {
    return entry(0, command).get(0);
  }

  /** Lets time pass, in entries without commands. */
  void pass(long millis) {
    for (long rest = millis; rest > 0; rest -= Bounds.MAX_ELAPSED_MILLIS) {
      entry(Math.min(rest, Bounds.MAX_ELAPSED_MILLIS));
    }
  }

  /** What has been told since this was asked last. */
  List<Notice> told() {
    List<Notice> told = List.copyOf(notices);
    notices.clear();
    return told;
  }

  Outcome open(int session) {
    return open(session, 10_000);
  }

  Outcome open(int session, long ttlMillis) {
    return apply(new Command.Open(session(session), ttlMillis, "test"));
  }

  Outcome beat(int session) {
    return apply(new Command.Beat(session(session)));
  }

  /** The next place, with all before settled. */
  Command.Place next(SessionId session) {
    long sequence = sequences.merge(session, 1L, Long::sum);
    return new Command.Place(sequence, sequence);
  }

  TicketState enter(LockName name, Ask ask) {
    return state(apply(new Command.Enter(next(ask.session()), name, ask, false)));
  }

  TicketState attempt(LockName name, Ask ask) {
    return state(apply(new Command.Enter(next(ask.session()), name, ask, true)));
  }

  Outcome leave(LockName name, Ask ask) {
    return apply(new Command.Leave(ask.session(), next(ask.session()), name, ask.request(), 0));
  }

  TicketState check(LockName name, Ask ask) {
    return state(apply(new Command.Check(ask.session(), name, ask.request(), 0)));
  }

  static TicketState state(Outcome outcome) {
    return ((Outcome.Ticket) outcome).state();
  }

  static long number(TicketState state) {
    return state instanceof TicketState.Granted granted
        ? granted.number()
        : ((TicketState.Waiting) state).number();
  }

  static Outcome.Why why(Outcome outcome) {
    return ((Outcome.Failed) outcome).why();
  }
}
