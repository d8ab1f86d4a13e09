package io.tyer.engine;

import io.tyer.TyerListener.WaitEnd;
import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.spi.TicketState;
import java.util.ArrayList;
import java.util.List;

/** One name's rules, moved by hand: what callers and the store do, and what came of it. */
final class NameByHand {

  static final TicketState ALONE = new TicketState.Granted(7, false, 0);

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

  final List<Waiter> granted = new ArrayList<>();
  final List<Waiter> busy = new ArrayList<>();
  final List<Waiter> cancelled = new ArrayList<>();
  final List<Waiter> failed = new ArrayList<>();
  final List<Effect.Enter> asked = new ArrayList<>();
  final List<Effect.Look> looks = new ArrayList<>();
  final List<Effect.Leave> leaves = new ArrayList<>();
  private final Session session = new Session(new SessionId(1, 1));
  private final NameState state;
  private long now = 1;

  NameByHand() {
    Rules rules =
        new Rules(
            16,
            10_000_000,
            false,
            15_000_000_000L,
            1_500_000_000,
            5_000_000_000L,
            5_000_000_000L,
            100_000_000,
            1_000_000_000,
            15_000_000_000L);
    this.state = new NameState(rules, 1);
  }

  Waiter comes(Mode mode, boolean onlyIfFree) {
    WorldCaller caller = new WorldCaller();
    Wanted wanted = new Wanted(LockName.of("it"), mode, 1, "", 0, false);
    Waiter waiter = new Waiter(wanted, onlyIfFree, now, caller, caller);
    on(new Event.Acquire(waiter));
    return waiter;
  }

  /** The store answers an enter, the first being 0. */
  void answer(int which, TicketState with) {
    on(new Event.Entered(session, asked.get(which).ask().request(), with));
  }

  /** The store answers a last look, the first being 0. */
  void look(int which, TicketState finds) {
    Effect.Look look = looks.get(which);
    on(new Event.Looked(look.check().ticket(), finds, look.look()));
  }

  void on(Event event) {
    for (Effect effect : List.copyOf(state.on(event, new SessionNow(session, true), now++))) {
      if (effect instanceof Effect.Grant grant) {
        granted.add(grant.waiter());
      } else if (effect instanceof Effect.End end) {
        (end.end() == WaitEnd.BUSY ? busy : cancelled).add(end.waiter());
      } else if (effect instanceof Effect.Fail fail) {
        failed.add(fail.waiter());
      } else if (effect instanceof Effect.Enter enter) {
        asked.add(enter);
      } else if (effect instanceof Effect.Look look) {
        looks.add(look);
      } else if (effect instanceof Effect.Leave leave) {
        leaves.add(leave);
      }
    }
  }
}
