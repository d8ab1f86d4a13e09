package io.tyer.engine;

import io.tyer.line.RequestId;
import io.tyer.line.Ticket;
import io.tyer.spi.StoreException;
import io.tyer.spi.TicketState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that this client does about one name, as (state, event, now) → (state, effects): a {@link
 * ModeState} per mode in use, and every ticket that is not certainly gone. Reaches no lock, clock,
 * store, log or thread; it is confined to the shell that does.
 */
final class NameState implements NameRules {

  private final Step step;
  private final Tickets tickets;
  private final Strangers strangers;
  private final List<ModeState> modes = new ArrayList<>(1);

  /** How many callers came, under strict order. */
  private long turns;

  /**
   * Nothing to do.
   *
   * @param salt as {@link Tickets} wants it
   */
  NameState(Rules rules, long salt) {
    this.step = new Step(rules);
    this.tickets = new Tickets(salt);
    this.strangers = new Strangers(tickets, step);
  }

  @Override
  public List<Effect> on(Event event, SessionNow session, long now) {
    step.begin(session, now);
    apply(event);
    return step.effects();
  }

  @Override
  public boolean wantsSession() {
    return modes.stream().anyMatch(ModeState::wantsSession);
  }

  @Override
  public boolean keeps() {
    return false;
  }

  @Override
  public boolean idle() {
    if (!tickets.isEmpty() || !strangers.isEmpty()) {
      return false;
    }
    for (ModeState mode : modes) {
      if (!mode.idle()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public List<Holding> blockersOf(Waiter waiter) {
    return waiter.decided ? List.of() : tickets.blockersOf(waiter);
  }

  /** Applies one event of a step that has begun. */
  void apply(Event event) {
    if (event instanceof Event.Acquire acquire) {
      arrive(acquire.waiter());
    } else if (event instanceof Event.Release release) {
      release(release.holding());
    } else if (event instanceof Event.OfTicket ofTicket) {
      OwnTicket ticket = tickets.find(ofTicket.ticket());
      if (ticket == null) {
        unknown(ofTicket);
      } else {
        ofTicket(ticket, ofTicket);
      }
    } else if (event instanceof Event.Due due) {
      if (due.alarm().rings(due.stamp())) {
        apply(due.event());
      }
    } else if (event instanceof Event.Withdraw withdraw) {
      mode(withdraw.waiter().mode).withdraw(withdraw.waiter(), withdraw.timedOut());
    } else if (event instanceof Event.RecallDue recall) {
      mode(recall.waiter().mode).recallDue(recall.waiter());
    } else if (event instanceof Event.LookDue due) {
      mode(due.waiter().mode).lookDue(due.waiter());
    } else if (event instanceof Event.GrantHeard heard) {
      heardGrant(heard);
    } else if (event instanceof Event.Changed) {
      tickets.all().forEach(ticket -> ticket.changed(step));
    } else if (event instanceof Event.SessionReady) {
      modes.forEach(ModeState::sessionReady);
    } else if (event instanceof Event.SessionFailed failed) {
      modes.forEach(mode -> mode.sessionFailed(failed.failure()));
    } else if (event instanceof Event.SessionOver over) {
      sessionOver(over);
    } else if (event instanceof Event.ClientClosed) {
      modes.forEach(ModeState::failAll);
    } else {
      applyRare(event);
    }
    if (step.anyTicketOver()) {
      tickets.forgetOver();
    }
    if (step.rules.strict()) {
      modes.removeIf(mode -> mode.mode.turn() != 0 && mode.idle());
    }
  }

  private void applyRare(Event event) {
    if (event instanceof Event.DrawToken draw) {
      OwnTicket ticket = tickets.find(draw.holding().under);
      if (ticket != null && ticket.phase() == Phase.GRANTED) {
        ticket.granted().drawToken(draw.holding(), step);
      }
    } else if (event instanceof Event.Expire expire) {
      OwnTicket ticket = tickets.find(expire.holding().under);
      if (ticket != null) {
        ticket.granted().expire(expire.holding(), expire.cause(), step);
      }
    } else if (event instanceof Event.Weaken weaken) {
      OwnTicket ticket = tickets.find(weaken.holding().under);
      boolean held =
          ticket != null
              && ticket.phase() == Phase.GRANTED
              && ticket.granted().holds(weaken.holding());
      if (held && ticket != null) {
        ticket.granted().weaken(ticket.mode().exclusive(), weaken.asker(), step);
      } else {
        // Closed or lost by another thread: the ticket may be somebody else's by now.
        step.emit(new Effect.Weakened(weaken.asker(), new TicketState.Gone()));
      }
    } else if (event instanceof Event.StrangerLeft left) {
      strangers.left(left.stranger());
    } else if (event instanceof Event.StrangerStays stays) {
      strangers.stays(stays.stranger(), stays.failure());
    } else if (event instanceof Event.StrangerDue due) {
      strangers.due(due.stranger());
    }
    // Recalled and KeptDue mean nothing where no ticket is kept.
  }

  // ---- callers

  private void arrive(Waiter waiter) {
    if (step.rules.strict()) {
      turns++;
      waiter.mode = waiter.mode.alone(turns);
    }
    ModeState mode = mode(waiter.mode);
    mode.arrive(waiter, anybodyIsInTheWayOf(waiter), writerWaits());
    if (waiter.queued && waiter.holding.thread() != null && !waiter.onlyIfFree) {
      warnIfHolder(waiter.mode, waiter.holding.thread());
    }
  }

  private void warnIfHolder(Mode wanted, Thread thread) {
    for (ModeState mode : modes) {
      boolean conflicting = wanted.exclusive() || mode.mode.exclusive();
      if (conflicting && mode.heldBy(thread)) {
        String text =
            "thread "
                + thread.getName()
                + " waits for lock {} while it holds a lease of it: it waits for itself."
                + " asJavaLock() gives a reentrant view";
        step.emit(new Effect.Log(Effect.Level.WARN, text, null));
        return;
      }
    }
  }

  private void release(Holding holding) {
    OwnTicket ticket = tickets.find(holding.under);
    if (ticket == null) {
      step.emit(new Effect.GivenBack(holding));
    } else {
      mode(ticket.mode()).release(ticket, holding);
    }
  }

  // ---- answers and timers of a ticket

  private void ofTicket(OwnTicket ticket, Event.OfTicket event) {
    ModeState mode = mode(ticket.mode());
    if (event instanceof Event.Entered entered) {
      mode.storeSaid(null);
      entered(ticket, entered.state(), mode);
    } else if (event instanceof Event.Left left) {
      ticket.left(left.sentNanos(), step);
    } else if (event instanceof Event.Checked checked) {
      checked(ticket, checked.state(), mode);
    } else if (event instanceof Event.Looked looked) {
      checked(ticket, looked.state(), mode);
      mode.looked(ticket, looked.look());
    } else if (event instanceof Event.LookFailed failed) {
      checkFailed(ticket, failed.failure(), mode);
      mode.looked(ticket, failed.look());
    } else if (event instanceof Event.CheckDue due) {
      ticket.checkDue(due.crowdNanos(), step);
    } else if (event instanceof Event.EnterFailed failed) {
      if (ticket.enterFailed(failed.failure(), step) == Outcome.FAILED) {
        mode.enterFailed(ticket, failed.failure());
      }
    } else if (event instanceof Event.CheckFailed failed) {
      checkFailed(ticket, failed.failure(), mode);
    } else if (event instanceof Event.LeaveFailed failed) {
      ticket.leaveFailed(failed.failure(), step);
    } else if (event instanceof Event.EnterDue) {
      ticket.enterDue(step);
    } else if (event instanceof Event.LeaveDue) {
      ticket.leaveDue(step);
    } else if (event instanceof Event.ServeDue) {
      mode.serveDue(ticket, writerWaits());
    } else if (event instanceof Event.Weakened weakened) {
      weakened(ticket, weakened.state(), mode);
      step.emit(new Effect.Weakened(weakened.asker(), weakened.state()));
    } else if (event instanceof Event.WeakenFailed failed) {
      ticket.asked().over(failed.failure(), step);
      step.emit(new Effect.WeakenFailed(failed.asker(), failed.failure()));
    }
  }

  private void entered(OwnTicket ticket, TicketState state, ModeState mode) {
    Outcome outcome = ticket.entered(state, step);
    if (outcome == Outcome.REFUSED) {
      boolean onlyKept = false;
      if (state instanceof TicketState.Refused refused) {
        onlyKept = TicketState.onlyKept(refused.ahead(), refused.blockers());
        warnIfOthersDisagree(mode.mode, refused.blockers());
      }
      mode.refused(ticket, onlyKept);
      return;
    }
    if (outcome == Outcome.WAITS && state instanceof TicketState.Waiting waiting) {
      strangers.lookFor(ticket, waiting.blockers());
      warnIfOthersDisagree(mode.mode, waiting.blockers());
    }
    mode.settle(ticket, outcome, writerWaits());
    if (outcome != Outcome.NOTHING) {
      ticket.checkIfHinted(step);
    }
  }

  private void checked(OwnTicket ticket, TicketState state, ModeState mode) {
    if (!step.over(ticket.session())) {
      mode.storeSaid(null);
    }
    boolean waits = ticket.phase() == Phase.WAITING;
    if (waits && state instanceof TicketState.Waiting waiting) {
      strangers.lookFor(ticket, waiting.blockers());
    }
    mode.settle(ticket, ticket.checked(state, step), writerWaits());
  }

  private void checkFailed(OwnTicket ticket, StoreException failure, ModeState mode) {
    if (ticket.checkFailed(failure, step) == Outcome.FAILED) {
      mode.storeSaid(failure);
    }
  }

  private void weakened(OwnTicket ticket, TicketState state, ModeState before) {
    Outcome outcome = ticket.weakened(state, step);
    if (outcome == Outcome.GRANTED) {
      mode(ticket.mode()).adopt(ticket);
      before.weakened(ticket);
    } else {
      before.settle(ticket, outcome, writerWaits());
    }
  }

  /** What is answered of a ticket that is certainly gone. */
  private void unknown(Event.OfTicket event) {
    if (event instanceof Event.Entered entered) {
      TicketState state = entered.state();
      if (state instanceof TicketState.Granted granted) {
        strangers.withdraw(entered.session(), entered.ticket(), granted.number());
      } else if (state instanceof TicketState.Waiting waiting) {
        strangers.withdraw(entered.session(), entered.ticket(), waiting.number());
      }
    } else if (event instanceof Event.Weakened weakened) {
      step.emit(new Effect.Weakened(weakened.asker(), weakened.state()));
    } else if (event instanceof Event.WeakenFailed failed) {
      step.emit(new Effect.WeakenFailed(failed.asker(), failed.failure()));
    }
  }

  // ---- hints and the session's news

  private void heardGrant(Event.GrantHeard heard) {
    OwnTicket ticket = tickets.find(heard.request());
    if (ticket == null) {
      strangers.withdraw(heard.session(), heard.request(), heard.number());
      return;
    }
    Outcome outcome = ticket.heardGrant(heard.number(), step);
    mode(ticket.mode()).settle(ticket, outcome, writerWaits());
    if (outcome == Outcome.GRANTED) {
      ticket.checkIfHinted(step);
    }
  }

  private void sessionOver(Event.SessionOver over) {
    for (OwnTicket ticket : tickets.all()) {
      if (ticket.session() == over.session()) {
        ModeState mode = mode(ticket.mode());
        mode.settle(ticket, ticket.sessionOver(over.cause(), step), writerWaits());
      }
    }
  }

  /** Whether all name the same number of permits is seen only where somebody is in the way. */
  private void warnIfOthersDisagree(Mode mode, List<Ticket> blockers) {
    for (Ticket blocker : blockers) {
      if (mode.disagreesWith(blocker)) {
        step.emit(new Effect.Disagreement(mode.capacity(), blocker));
        return;
      }
    }
  }

  // ---- what is known

  Step step() {
    return step;
  }

  @Nullable OwnTicket find(@Nullable RequestId request) {
    return tickets.find(request);
  }

  ModeState mode(Mode mode) {
    for (ModeState known : modes) {
      if (known.mode.equals(mode)) {
        return known;
      }
    }
    ModeState made = new ModeState(mode, tickets, step);
    modes.add(made);
    return made;
  }

  /** Whether local callers wait for anything. */
  boolean anybodyWaits() {
    for (ModeState mode : modes) {
      if (mode.wanting()) {
        return true;
      }
    }
    return false;
  }

  private boolean anybodyIsInTheWayOf(Waiter waiter) {
    for (ModeState mode : modes) {
      if (mode.isInTheWayOf(waiter)) {
        return true;
      }
    }
    return false;
  }

  private boolean writerWaits() {
    for (ModeState mode : modes) {
      if (mode.mode.exclusive() && mode.wanting()) {
        return true;
      }
    }
    return false;
  }
}
