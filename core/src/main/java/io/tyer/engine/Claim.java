package io.tyer.engine;

import io.tyer.LossCause;
import io.tyer.line.Ask;
import io.tyer.line.RequestId;
import io.tyer.line.Ticket;
import io.tyer.spi.Cancellable;
import io.tyer.spi.StoreException;
import io.tyer.spi.TicketState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One ticket's life, from before it is asked for until it is certain that the store keeps nothing
 * of it (promise L2). All state is guarded by the name queue's lock.
 *
 * <pre>
 * PENDING ─ session opens → ENTERING ─ reply → WAITING ─ grant → GRANTED ─ last lease → LEAVING → OVER
 *                              └── granted at once ───────────────┘
 * </pre>
 *
 * An enter whose outcome is unknown is repeated under the same request, or withdrawn by it, and
 * withdrawn again at every beat as long as an attempt may still be on its way.
 */
final class Claim {

  enum Phase {
    /** Needs a session first. */
    PENDING,
    ENTERING,
    WAITING,
    GRANTED,
    LEAVING,
    OVER
  }

  private static final Logger log = LoggerFactory.getLogger(Claim.class);
  private static final TicketState GONE = new TicketState.Gone();

  private final NameQueue queue;
  private final Engine engine;
  final int weight;
  final boolean onlyIfFree;
  private final String owner;

  Lane lane;
  Phase phase = Phase.PENDING;
  @Nullable LiveSession session;
  @Nullable RequestId request;

  /** The leases under the granted ticket. */
  final List<HeldLease> leases = new ArrayList<>(1);

  /** How many tickets stood behind when it was granted, -1 if unknown. */
  int behind = -1;

  /** Whether a lease has been given under it. */
  boolean served;

  /** Whether no further lease may be given under it. */
  boolean withdrawn;

  private @Nullable Attempts attempts;
  private long number;
  private long grantHeardEarly;
  private final Turn turn;
  private final Departure departure;

  private final CheckTimes checkTimes;

  /** Whether a hint came for it that may have meant more than its grant. */
  private boolean hinted;

  /** Whether the log has been told that the store refuses to be asked. */
  private boolean refusalTold;

  /** Whether it counts among the tickets that may be kept. */
  private boolean counted;

  private @Nullable Cancellable timer;

  /**
   * A ticket to be asked for.
   *
   * @param first for whom
   * @param biased whether it may be kept when nobody here uses it any more
   */
  Claim(NameQueue queue, Lane lane, Waiter first, boolean biased) {
    this.queue = queue;
    this.engine = queue.engine();
    this.lane = lane;
    this.weight = first.weight;
    this.onlyIfFree = first.onlyIfFree;
    this.owner = first.owner;
    this.turn = new Turn(engine, biased);
    this.departure = new Departure(this, queue);
    this.checkTimes = new CheckTimes(engine);
  }

  // ---- entering

  /** Asks for the ticket, or for a session to ask with. */
  void start(Effects effects) {
    LiveSession current = queue.sessions().current();
    if (current == null) {
      effects.add(() -> queue.sessions().need(queue, effects));
      return;
    }
    begin(current).send(effects);
  }

  /** The request is made, and is to be sent. */
  private Attempts begin(LiveSession current) {
    session = current;
    request = current.nextRequest();
    Mode mode = lane.mode;
    Ask ask =
        mode.exclusive()
            ? Ask.exclusive(current.id(), request, owner, turn.biased())
            : Ask.shared(current.id(), request, owner, weight, mode.capacity(), false);
    turnTo(Phase.ENTERING);
    queue.register(this);
    if (turn.biased()) {
      engine.biasPolicy().ticketTaken();
      counted = true;
    }
    Attempts begun = new Attempts(this, queue, ask, onlyIfFree);
    attempts = begun;
    return begun;
  }

  /** An attempt to enter was answered, perhaps long after the ticket was given up. */
  void entered(TicketState state, Effects effects) {
    lane.storeAnswered();
    switch (phase) {
      case ENTERING -> {
        if (session().over()) {
          return;
        }
        if (state instanceof TicketState.Granted granted) {
          number = granted.number();
          behind = granted.behind();
          becomeGranted(granted.revoked(), effects);
          if (hinted) {
            checkIfGranted(effects);
          }
        } else if (state instanceof TicketState.Waiting waiting) {
          number = waiting.number();
          if (grantHeardEarly == number) {
            becomeGrantedByMessage(effects);
          } else {
            becomeWaiting(waiting, effects);
            if (hinted) {
              // The hint has overtaken the reply.
              sendCheck(effects);
            }
          }
        } else {
          if (state instanceof TicketState.Refused refused) {
            warnIfOthersDisagree(refused.blockers(), effects);
          }
          gone(effects);
          lane.refused(this, onlyKept(state), effects);
        }
      }
      case WAITING -> {
        if (state instanceof TicketState.Granted granted) {
          behind = granted.behind();
          becomeGranted(granted.revoked(), effects);
        }
      }
      case LEAVING -> {
        if (hasTicket(state)) {
          departure.ticketCameIn(effects);
        }
      }
      case OVER -> {
        if (hasTicket(state) && !session().over()) {
          turnTo(Phase.LEAVING);
          queue.register(this);
          departure.send(effects);
        }
      }
      case PENDING, GRANTED -> {}
    }
  }

  private static boolean hasTicket(TicketState state) {
    return state instanceof TicketState.Granted || state instanceof TicketState.Waiting;
  }

  /** Whether a try was refused for tickets only that may merely be kept. */
  private static boolean onlyKept(TicketState state) {
    return state instanceof TicketState.Refused refused
        && TicketState.onlyKept(refused.ahead(), refused.blockers());
  }

  void enterFailed(StoreException failure, Effects effects) {
    if (phase != Phase.ENTERING || session().over()) {
      return;
    }
    if (endsSession(failure, effects)) {
      return;
    }
    lane.enterFailed(this, failure, effects);
  }

  /** Whether it was asked for and the store has not said yet how it stands. */
  boolean unsettled() {
    return phase == Phase.PENDING || phase == Phase.ENTERING;
  }

  /**
   * Nobody wants the ticket any more. An enter on its way is left to answer first; the lane then
   * makes it leave.
   */
  void abandon(Effects effects) {
    if (phase == Phase.PENDING) {
      over(effects);
    } else if (phase == Phase.ENTERING && !attempts().awaiting() && attempts().allAnswered()) {
      over(effects);
    } else if (phase == Phase.WAITING || (phase == Phase.ENTERING && !attempts().awaiting())) {
      leave(effects);
    }
  }

  // ---- waiting

  private void becomeWaiting(TicketState.Waiting waiting, Effects effects) {
    turnTo(Phase.WAITING);
    withdrawUnknown(waiting.blockers(), effects);
    warnIfOthersDisagree(waiting.blockers(), effects);
    checkTimes.begin();
    armCheck();
    lane.mustWait(effects);
  }

  private void armCheck() {
    setTimer(
        checkTimes.nextLookNanos(),
        later -> {
          if (phase == Phase.WAITING) {
            if (checkTimes.due()) {
              sendCheck(later);
            }
            armCheck();
          }
        });
  }

  /** A hint: something changed that may concern this ticket. */
  void hinted(Effects effects) {
    hinted = true;
    if (phase == Phase.WAITING) {
      checkTimes.soon();
      sendCheck(effects);
    } else if (phase == Phase.GRANTED) {
      sendCheck(effects);
    }
  }

  private void sendCheck(Effects effects) {
    checkTimes.asked();
    LiveSession live = session();
    RequestId asked = required(request);
    long known = number;
    effects.add(
        () ->
            Call.send(
                engine.port(),
                "check",
                effects,
                queue.outcome(this::checked, this::checkFailed),
                reply -> live.store().check(queue.name(), asked, known, reply)));
  }

  private void checked(TicketState state, Effects effects) {
    if (session().over()) {
      return;
    }
    lane.storeAnswered();
    if (phase == Phase.WAITING) {
      if (state instanceof TicketState.Granted granted) {
        behind = granted.behind();
        becomeGranted(granted.revoked(), effects);
      } else if (state instanceof TicketState.Waiting waiting) {
        withdrawUnknown(waiting.blockers(), effects);
      } else {
        log.warn("the ticket of lock {} was removed by force; entering again", queue.name());
        gone(effects);
        lane.lostPlace(this, effects);
      }
    } else if (phase == Phase.GRANTED) {
      if (state instanceof TicketState.Granted granted) {
        behind = granted.behind();
        if (granted.revoked()) {
          loseAll(LossCause.REVOKED, effects);
        } else if (behind > 0) {
          recalled(effects);
        }
      } else if (state instanceof TicketState.Gone) {
        tellAll(LossCause.REMOVED, effects);
        gone(effects);
        lane.lostPlace(this, effects);
      }
    }
  }

  /** The store has no such ticket; an attempt on its way may yet take one. */
  private void gone(Effects effects) {
    if (attempts().allAnswered()) {
      over(effects);
    } else {
      leave(effects);
    }
  }

  private void checkFailed(StoreException failure, Effects effects) {
    if (endsSession(failure, effects)) {
      return;
    }
    lane.storeFailed(failure);
    if (failure.kind() == StoreException.Kind.REFUSED && !refusalTold) {
      refusalTold = true;
      effects.add(
          () ->
              log.warn(
                  "the store refuses to tell how the ticket of {} stands; it is asked again",
                  queue.name(),
                  failure));
    }
  }

  /** Own tickets that this client does not know block it: they were left by a lost reply. */
  private void withdrawUnknown(List<Ticket> blockers, Effects effects) {
    for (Ticket blocker : blockers) {
      if (blocker.session().equals(session().id()) && !queue.knows(blocker.request())) {
        queue.withdrawUnknown(session(), blocker.request(), blocker.number(), effects);
      }
    }
  }

  /** Whether all name the same number of permits is seen only where somebody is in the way. */
  private void warnIfOthersDisagree(List<Ticket> blockers, Effects effects) {
    for (Ticket blocker : blockers) {
      if (lane.mode.disagreesWith(blocker)) {
        int own = lane.mode.capacity();
        effects.add(() -> engine.disagreement().warn(queue.name(), own, blocker));
        return;
      }
    }
  }

  // ---- granted

  /** A message says that the ticket is granted. It may have overtaken the reply to enter. */
  void heardGrant(long grantedNumber, Effects effects) {
    if (phase == Phase.WAITING && grantedNumber == number) {
      becomeGrantedByMessage(effects);
    } else if (phase == Phase.ENTERING) {
      grantHeardEarly = grantedNumber;
    }
  }

  /** A ticket that an operator wants back serves nobody. */
  private void becomeGranted(boolean revoked, Effects effects) {
    cancelTimer();
    turnTo(Phase.GRANTED);
    turn.begin();
    withdrawn = revoked;
    lane.granted(this, effects);
    if (behind > 0) {
      recalled(effects);
    }
    if (phase == Phase.GRANTED && turn.biased()) {
      armReread();
    }
  }

  /** The message does not say whether the ticket is revoked, nor whether others have come since. */
  private void becomeGrantedByMessage(Effects effects) {
    becomeGranted(false, effects);
    if (hinted || turn.biased()) {
      checkIfGranted(effects);
    }
  }

  private void checkIfGranted(Effects effects) {
    if (phase == Phase.GRANTED) {
      sendCheck(effects);
    }
  }

  /** Whether the ticket may still be handed on or joined without asking the store (promise S4). */
  boolean mayHandOn() {
    return turnAllowsHandingOn() && session().proved();
  }

  /** The same, but for the proof that the session lives. */
  boolean turnAllowsHandingOn() {
    return phase == Phase.GRANTED && !withdrawn && turn.mayHandOn();
  }

  void handedOn() {
    turn.handedOn();
  }

  // ---- kept under bias

  /** Whether the granted ticket may lie with this client while nobody here uses it. */
  boolean mayBeKept() {
    return phase == Phase.GRANTED && !withdrawn && turn.mayKeep();
  }

  void used() {
    turn.used();
  }

  /** Another client waits behind the ticket: it leaves as soon as it serves nobody here. */
  void recalled(Effects effects) {
    if (phase != Phase.LEAVING && phase != Phase.OVER) {
      turn.recalled(queue.name());
      letGoIfKept(effects);
    }
  }

  /** A local caller needs another kind of ticket. */
  void wantedHere(Effects effects) {
    turn.wantedHere();
    letGoIfKept(effects);
  }

  private void letGoIfKept(Effects effects) {
    if (phase == Phase.GRANTED && turn.biased()) {
      lane.giveUpIfIdle(this, effects);
    }
  }

  /**
   * Recalls may be lost: the line is read again now and then, as long as the ticket may be kept.
   */
  private void armReread() {
    setTimer(
        turn.nextLookNanos(),
        later -> {
          if (phase == Phase.GRANTED && turn.mayKeep()) {
            if (leases.isEmpty() && turn.idleForTooLong()) {
              turn.wantedHere();
              lane.giveUpIfIdle(this, later);
            } else {
              if (turn.rereadIsDue()) {
                sendCheck(later);
              }
              armReread();
            }
          }
        });
  }

  /** The next fencing token under this ticket (promise S2). */
  long drawToken() {
    return (number << Engine.TOKEN_BITS) | turn.drawToken();
  }

  /** Tells all holders, and gives the ticket back once they have had the margin to stop. */
  private void loseAll(LossCause cause, Effects effects) {
    if (withdrawn) {
      return;
    }
    withdrawn = true;
    List<HeldLease> told = List.copyOf(leases);
    tellAll(cause, effects);
    releaseAfterMargin(told);
    lane.giveUpIfIdle(this, effects);
  }

  private void releaseAfterMargin(List<HeldLease> told) {
    engine
        .port()
        .later(
            engine.settings().margin().toNanos(),
            later -> queue.locked(() -> told.forEach(lease -> lane.released(this, lease, later))));
  }

  /** A lease has reached its maximum: it is told, and given back once the margin has passed. */
  void expire(HeldLease lease, Effects effects) {
    if (!leases.contains(lease)) {
      return;
    }
    lease.lose(LossCause.MAX_HOLD, effects);
    releaseAfterMargin(List.of(lease));
  }

  private void tellAll(LossCause cause, Effects effects) {
    for (HeldLease lease : leases) {
      lease.lose(cause, effects);
    }
  }

  /** Makes the granted exclusive ticket a shared one. */
  void weaken(CompletableFuture<TicketState> done, Effects effects) {
    if (phase != Phase.GRANTED || !lane.mode.exclusive()) {
      TicketState as = phase == Phase.GRANTED ? new TicketState.Granted(number, false, 0) : GONE;
      effects.add(() -> done.complete(as));
      return;
    }
    // From now on it may be shared, whatever the answer and even without one: no baton under it.
    turn.exhaust();
    LiveSession live = session();
    RequestId asked = required(request);
    long known = number;
    Mode read = Mode.READ;
    effects.add(
        () ->
            Call.send(
                engine.port(),
                "weaken",
                effects,
                queue.outcome(
                    (TicketState state, Effects then) -> {
                      weakened(state, then);
                      then.add(() -> done.complete(state));
                    },
                    (failure, then) -> {
                      endsSession(failure, then);
                      then.add(() -> done.completeExceptionally(failure));
                    }),
                reply ->
                    live.store().weaken(queue.name(), asked, known, 1, read.capacity(), reply)));
  }

  private void weakened(TicketState state, Effects effects) {
    if (phase != Phase.GRANTED || session().over()) {
      return;
    }
    if (state instanceof TicketState.Gone) {
      tellAll(LossCause.REMOVED, effects);
      gone(effects);
      lane.lostPlace(this, effects);
    } else if (lane.mode.exclusive()) {
      Lane before = lane;
      lane = queue.lane(Mode.READ);
      lane.adopt(this);
      before.weakened(this, effects);
    }
  }

  // ---- leaving

  /** Gives the ticket back. */
  void leave(Effects effects) {
    cancelTimer();
    turnTo(Phase.LEAVING);
    departure.send(effects);
  }

  /** Whether leaving and another ticket's entering may be one request. */
  boolean mayLeaveAndEnter() {
    LiveSession current = session();
    return number != 0
        && !current.over()
        && current == queue.sessions().current()
        && current.store().leavesAndEnters();
  }

  /** Gives the ticket back, and asks for another one at the end of the line. */
  void leaveAndEnter(Claim next, Effects effects) {
    cancelTimer();
    turnTo(Phase.LEAVING);
    departure.sendAndEnter(next.begin(session()), effects);
  }

  /** Completes when the store knows that the ticket has left; null if it knows already. */
  @Nullable CompletableFuture<Void> left() {
    return phase == Phase.OVER ? null : departure.told();
  }

  // ---- the session's end

  /** The session is over, and with it whatever the store kept of this ticket. */
  void sessionOver(LossCause cause, Effects effects) {
    Phase before = phase;
    tellAll(cause, effects);
    over(effects);
    if (before != Phase.LEAVING && before != Phase.OVER) {
      lane.lostPlace(this, effects);
    }
  }

  /** Nothing of it is left in the store. */
  void over(Effects effects) {
    cancelTimer();
    turnTo(Phase.OVER);
    queue.forget(this);
    if (counted) {
      counted = false;
      engine.biasPolicy().ticketGone();
    }
    departure.complete(effects);
  }

  /** Whether the failure says that the session has ended; the keeper is told then. */
  boolean endsSession(StoreException failure, Effects effects) {
    if (failure.kind() != StoreException.Kind.SESSION_DEAD) {
      return false;
    }
    LiveSession dead = session();
    effects.add(() -> queue.sessions().endedByStore(dead, failure.getMessage(), effects));
    return true;
  }

  // ---- plumbing

  private void turnTo(Phase next) {
    if (phase == Phase.WAITING) {
      engine.checkPace().less();
    }
    if (next == Phase.WAITING) {
      engine.checkPace().more();
    }
    phase = next;
  }

  /** The one timer of a ticket: what it stands for depends on the phase. */
  void setTimer(long nanos, Consumer<Effects> event) {
    cancelTimer();
    timer = engine.port().later(nanos, later -> queue.locked(() -> event.accept(later)));
  }

  private void cancelTimer() {
    Cancellable armed = timer;
    if (armed != null) {
      armed.cancel();
      timer = null;
    }
  }

  LiveSession session() {
    return required(session);
  }

  Attempts attempts() {
    return required(attempts);
  }

  RequestId requestSent() {
    return required(request);
  }

  /** 0 if the answer to enter was lost. */
  long numberKnown() {
    return number;
  }

  private static <T> T required(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("not asked for yet");
    }
    return value;
  }
}
