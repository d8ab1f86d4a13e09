package io.tyer.engine;

import io.tyer.TyerListener.WaitEnd;
import io.tyer.line.RequestId;
import io.tyer.spi.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * The local callers of one name and mode, first come, first served, and the tickets that serve
 * them. At most one ticket is asked or waited for at a time; of exclusive ones there is at most one
 * in all.
 */
final class ModeState {

  final Mode mode;
  private final Tickets tickets;
  private final Step step;
  private final Callers waiters;
  private final InUse granted = new InUse();

  /** Made when the time of the first caller is over. */
  private @Nullable LastLooks looks;

  /** The ticket that is asked or waited for. */
  private @Nullable OwnTicket entering;

  /** What the store last failed with, until it answers again. */
  private @Nullable StoreException failure;

  ModeState(Mode mode, Tickets tickets, Step step) {
    this.mode = mode;
    this.tickets = tickets;
    this.step = step;
    this.waiters = new Callers(step);
  }

  boolean idle() {
    return waiters.isEmpty() && entering == null && granted.isEmpty();
  }

  /** Whether local callers wait for something. */
  boolean wanting() {
    return !waiters.isEmpty();
  }

  /** Whether local callers wait whom this one must not overtake: tries to read are no such. */
  boolean isInTheWayOf(Waiter waiter) {
    boolean bothRead = mode.read() && waiter.mode.read();
    return !(bothRead && waiters.onlyTries()) && !waiters.isEmpty();
  }

  boolean wantsSession() {
    return entering != null && entering.phase() == Phase.PENDING;
  }

  boolean heldBy(Thread thread) {
    return granted.heldBy(thread);
  }

  // ---- callers come and go

  /**
   * A caller comes.
   *
   * @param inTheWay whether local callers of this name wait whom it must not overtake
   * @param writerWaits whether one of them waits for an exclusive lease
   */
  void arrive(Waiter waiter, boolean inTheWay, boolean writerWaits) {
    if (waiter.onlyIfFree) {
      boolean taken = mode.exclusive() && !granted.isEmpty();
      if (taken || inTheWay) {
        waiters.end(waiter, WaitEnd.BUSY);
        return;
      }
    } else if (waiters.isEmpty() && !writerWaits && join(waiter)) {
      return;
    }
    waiter.askedBefore = tickets.asked();
    waiters.add(waiter);
    enterIfNeeded();
  }

  /**
   * Local readers may share a read ticket, for a while. Not tries: nobody tells its holder who
   * waits behind it.
   */
  private boolean join(Waiter waiter) {
    OwnTicket newest = mode.read() ? granted.joinable(step) : null;
    if (newest == null) {
      return false;
    }
    newest.granted().batons().handedOn();
    step.emit(new Effect.Baton());
    waiters.grant(waiter, newest);
    return true;
  }

  /** A caller stops waiting, unless its outcome has been decided before. */
  void withdraw(Waiter waiter, boolean timedOut) {
    if (waiter.decided) {
      return;
    }
    OwnTicket ticket = entering;
    if (!timedOut) {
      waiters.end(waiter, WaitEnd.CANCELLED);
    } else if (ticket != null && standsFor(waiter, ticket) && failure == null) {
      looks = looks == null ? new LastLooks(step) : looks;
      looks.add(waiter, ticket);
      return;
    } else {
      endInTime(waiter);
    }
    reconcile();
  }

  /** Whether the ticket stands in line, and its grant would be this caller's. */
  private boolean standsFor(Waiter waiter, OwnTicket ticket) {
    return ticket.phase() == Phase.WAITING && (mode.read() || waiters.first() == waiter);
  }

  private void endInTime(Waiter waiter) {
    if (waiter.decided) {
      return;
    }
    if (busyIsKnown()) {
      waiters.end(waiter, WaitEnd.BUSY);
    } else {
      waiters.fail(waiter, Effect.Why.NOT_IN_TIME, failure);
    }
  }

  /** It is known how the ticket stood after the time of some callers was over. */
  void looked(OwnTicket ticket, int look) {
    if (looks != null) {
      looks.answered(ticket, look).forEach(this::endInTime);
      reconcile();
      looks.goOn(entering);
    }
  }

  /** It is not, in time. */
  void lookDue(Waiter waiter) {
    endInTime(waiter);
    reconcile();
  }

  /** Whether somebody is in the way for certain; an unreachable store is not "busy". */
  private boolean busyIsKnown() {
    return (mode.exclusive() && granted.anyHeld())
        || (failure == null && (entering == null || !entering.unsettled()));
  }

  /** The client is closed. */
  void failAll() {
    waiters.failAll();
    OwnTicket ticket = entering;
    if (ticket != null && wantsSession()) {
      ticket.abandon(step);
      drop(ticket);
    }
  }

  /** A try has waited long enough for a ticket that another client merely keeps. */
  void recallDue(Waiter waiter) {
    if (!waiter.decided) {
      waiters.end(waiter, WaitEnd.BUSY);
      reconcile();
    }
  }

  // ---- the ticket that is asked for

  private void enterIfNeeded() {
    OwnTicket ticket = needed();
    if (ticket != null) {
      start(ticket);
    }
  }

  /** The ticket to ask for, if there is one. */
  private @Nullable OwnTicket needed() {
    Waiter head = waiters.first();
    if (entering != null || head == null || (mode.exclusive() && !granted.isEmpty())) {
      return null;
    }
    OwnTicket ticket = new OwnTicket(head);
    entering = ticket;
    return ticket;
  }

  /** Asks for the ticket, or for a session to ask with. */
  private void start(OwnTicket ticket) {
    OpenSession session = step.session();
    if (session == null) {
      step.emit(new Effect.NeedSession());
    } else {
      ticket.enter(session, tickets.add(ticket, session), step);
    }
  }

  /** There is a session. */
  void sessionReady() {
    if (entering != null && wantsSession()) {
      start(entering);
    }
  }

  /** A session could not be opened. */
  void sessionFailed(StoreException why) {
    failure = why;
    if (wantsSession()) {
      waiters.failImpatient(why);
      reconcile();
    }
  }

  /** What an answer or a message has made of a ticket of this mode. */
  void settle(OwnTicket ticket, Outcome outcome, boolean writerWaits) {
    switch (outcome) {
      case GRANTED -> {
        if (entering == ticket) {
          entering = null;
        }
        granted.add(ticket);
        serve(ticket, writerWaits);
        enterIfNeeded();
      }
      case WAITS -> {
        waiters.refuseTries();
        waiters.standInLine();
        reconcile();
      }
      case PLACE_LOST -> {
        drop(ticket);
        waiters.standInLine();
        enterIfNeeded();
      }
      case REFUSED, FAILED, NOTHING -> {}
    }
  }

  /**
   * A try came to nothing.
   *
   * @param onlyKept whether all in its way are tickets that may merely be kept: it then stands in
   *     line for a moment, which recalls them
   */
  void refused(OwnTicket ticket, boolean onlyKept) {
    drop(ticket);
    waiters.refuseTries(ticket, onlyKept);
    enterIfNeeded();
  }

  void enterFailed(OwnTicket ticket, StoreException why) {
    failure = why;
    waiters.failImpatient(why);
    if (ticket == entering && ticket.entering().mayRepeat() && waiters.want(ticket)) {
      ticket.entering().repeatLater(step);
    } else {
      drop(ticket);
      ticket.abandon(step);
      enterIfNeeded();
    }
  }

  /** What the store has failed with; null if it has answered. */
  void storeSaid(@Nullable StoreException why) {
    failure = why;
  }

  /** Drops the ticket in line if it serves nobody, and takes the one that is needed. */
  private void reconcile() {
    OwnTicket ticket = entering;
    if (ticket != null && !waiters.want(ticket)) {
      ticket.abandon(step);
      if (ticket.phase() != Phase.ENTERING) {
        drop(ticket);
      }
    }
    enterIfNeeded();
  }

  private void drop(OwnTicket ticket) {
    if (entering == ticket) {
      entering = null;
    }
    granted.remove(ticket);
  }

  // ---- granted tickets

  private void serve(OwnTicket ticket, boolean writerWaits) {
    boolean proved = step.proved(ticket.session());
    if (!proved) {
      step.emit(new Effect.Doubt(ticket.session()));
      if (step.over(ticket.session())) {
        // Its end brings the callers a new ticket.
        return;
      }
      if (!waiters.isEmpty()) {
        RequestId request = ticket.asked().request();
        step.emit(new Effect.Later(Rules.UNPROVED_PAUSE_NANOS, new Event.ServeDue(request)));
        return;
      }
    }
    Granted use = ticket.granted();
    int most = mode.read() ? use.sharers(writerWaits, step.rules) : 1;
    for (Waiter waiter = waiters.first();
        waiter != null && use.held() < most && !use.withdrawn() && waiters.want(ticket);
        waiter = waiters.first()) {
      waiters.grant(waiter, ticket);
    }
    if (use.unused()) {
      drop(ticket);
      ticket.leave(step);
    }
  }

  /** A used ticket may have had its time while nothing proved it. */
  void serveDue(OwnTicket ticket, boolean writerWaits) {
    if (ticket.phase() != Phase.GRANTED || !ticket.granted().unused()) {
      return;
    }
    if (ticket.granted().served() && !ticket.granted().mayHandOn(step)) {
      drop(ticket);
      ticket.leave(step);
    } else {
      if (ticket.granted().served()) {
        ticket.granted().batons().handedOn();
      }
      serve(ticket, writerWaits);
    }
    enterIfNeeded();
  }

  /** A lease under a granted ticket is over. */
  void release(OwnTicket ticket, Holding holding) {
    boolean last = ticket.granted().release(holding) && ticket.granted().unused();
    if (last && ticket.phase() == Phase.GRANTED) {
      if (mode.exclusive() && waiters.wantHandedOn(ticket) && ticket.mayHandOn(step)) {
        ticket.granted().batons().handedOn();
        handedOn(ticket);
      } else {
        drop(ticket);
        leave(ticket);
      }
    }
    ticket.closedBy(holding, step);
  }

  /** The ticket serves the next caller, without asking the store. */
  private void handedOn(OwnTicket ticket) {
    step.emit(new Effect.Baton());
    serve(ticket, false);
  }

  /** Gives it back; what is needed then is asked for, by the same request if that can be. */
  private void leave(OwnTicket ticket) {
    Waiter head = waiters.first();
    boolean atOnce = mode.exclusive() && head != null && !head.onlyIfFree;
    OwnTicket next = atOnce && ticket.mayLeaveAndEnter(step) ? needed() : null;
    if (next != null) {
      ticket.leaveAndEnter(next, tickets.add(next, ticket.session()), step);
    } else {
      ticket.leave(step);
      enterIfNeeded();
    }
  }

  /** A ticket of this mode has become a read ticket. */
  void weakened(OwnTicket ticket) {
    granted.remove(ticket);
    enterIfNeeded();
  }

  /** A ticket that was weakened, with its holders. */
  void adopt(OwnTicket ticket) {
    granted.add(ticket);
  }

  // ---- a ticket that is kept, see BiasedName

  /** A caller waits for it, be it a try. */
  void queue(Waiter waiter) {
    waiters.add(waiter);
  }

  /**
   * The first caller is given the ticket, whatever batons say, of one who holds it in name only.
   */
  void handOn(OwnTicket ticket) {
    ticket.granted().release(ticket.granted().holder());
    handedOn(ticket);
  }

  /** A caller who need not wait is given it. */
  void lend(OwnTicket ticket, Waiter waiter) {
    ticket.granted().release(ticket.granted().holder());
    waiters.grant(waiter, ticket);
  }
}
