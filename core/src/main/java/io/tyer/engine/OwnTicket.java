package io.tyer.engine;

import io.tyer.LossCause;
import io.tyer.line.Ask;
import io.tyer.line.RequestId;
import io.tyer.spi.StoreException;
import io.tyer.spi.TicketState;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One ticket's life, from before it is asked for until it is certain that the store keeps nothing
 * of it (promise L2).
 *
 * <pre>
 * PENDING ─ session opens → ENTERING ─ reply → WAITING ─ grant → GRANTED ─ last lease → LEAVING → OVER
 *                              └── granted at once ───────────────┘
 * </pre>
 *
 * What an event means for the callers is answered as an {@link Outcome}: a ticket does not know
 * whom it serves.
 */
final class OwnTicket {

  final int weight;

  /** Whether it was asked for by somebody who would have it kept. */
  final boolean biased;

  /** Which one of this name's tickets it is, counted as they are asked for. */
  long place = Long.MAX_VALUE;

  private final boolean onlyIfFree;
  private final String owner;
  private final TicketTimer timer = new TicketTimer();
  private Mode mode;
  private Phase phase = Phase.PENDING;

  // What it is in the phases, from the one on in which it is first needed.
  private @Nullable Asked asked;
  private @Nullable Entering entering;
  private @Nullable Waiting waiting;
  private @Nullable Granted granted;
  private @Nullable Leaving leaving;

  /** 0 if the answer to enter was lost. */
  private long number;

  private long grantHeardEarly;

  /** Whether a hint came for it that may have meant more than its grant. */
  private boolean hinted;

  /** Whether the log has been told that the store refuses to be asked. */
  private boolean refusalTold;

  /** A ticket to be asked for, for a caller. */
  OwnTicket(Waiter first) {
    this.mode = first.mode;
    this.weight = first.weight;
    this.onlyIfFree = first.onlyIfFree;
    this.biased = first.biased;
    this.owner = first.owner;
  }

  /**
   * Whether it is what this caller needs. For a try that is a ticket asked for after it came:
   * behind an older one somebody may wait by now, whom it would overtake.
   */
  boolean fits(Waiter waiter) {
    return waiter.weight == weight && (!waiter.onlyIfFree || place > waiter.askedBefore);
  }

  // ---- entering

  /** Asks for it. */
  void enter(OpenSession session, RequestId request, Step step) {
    step.emit(begin(session, request, false, step));
  }

  private Effect.Enter begin(OpenSession session, RequestId request, boolean once, Step step) {
    Ask ask = mode.ask(session.id(), request, owner, weight);
    Asked begun = new Asked(session, ask, onlyIfFree);
    Entering attempts = new Entering(begun, timer, once);
    asked = begun;
    entering = attempts;
    turnTo(Phase.ENTERING, step);
    return attempts.attempt(step.now());
  }

  /** An attempt to enter was answered, perhaps long after the ticket was given up. */
  Outcome entered(TicketState state, Step step) {
    entering().answered();
    boolean taken = state instanceof TicketState.Granted || state instanceof TicketState.Waiting;
    if (phase == Phase.ENTERING && !step.over(session())) {
      return settle(state, step);
    }
    if (phase == Phase.WAITING && state instanceof TicketState.Granted now) {
      return becomeGranted(now.behind(), now.revoked(), step);
    }
    if (phase == Phase.LEAVING && taken) {
      leaving().ticketCameIn(step);
    }
    return Outcome.NOTHING;
  }

  private Outcome settle(TicketState state, Step step) {
    if (state instanceof TicketState.Granted now) {
      number = now.number();
      return becomeGranted(now.behind(), now.revoked(), step);
    }
    if (state instanceof TicketState.Waiting now) {
      number = now.number();
      if (grantHeardEarly == number) {
        return becomeGranted(-1, false, step);
      }
      turnTo(Phase.WAITING, step);
      waiting = new Waiting(asked(), timer, step);
      return Outcome.WAITS;
    }
    gone(step);
    return Outcome.REFUSED;
  }

  Outcome enterFailed(StoreException failure, Step step) {
    entering().failed(failure);
    boolean ended = phase != Phase.ENTERING || asked().over(failure, step);
    return ended ? Outcome.NOTHING : Outcome.FAILED;
  }

  void enterDue(Step step) {
    if (phase == Phase.ENTERING) {
      entering().due(step);
    }
  }

  /** Whether the store has not said yet how it stands. */
  boolean unsettled() {
    return phase == Phase.PENDING || phase == Phase.ENTERING;
  }

  /**
   * Nobody wants the ticket any more. An enter on its way is left to answer first; then it leaves.
   */
  void abandon(Step step) {
    if (phase == Phase.PENDING) {
      over(step);
    } else if (phase == Phase.ENTERING && !entering().awaiting()) {
      gone(step);
    } else if (phase == Phase.WAITING) {
      leave(step);
    }
  }

  /** The store has no such ticket; an attempt on its way may yet take one. */
  private void gone(Step step) {
    if (entering().allAnswered()) {
      over(step);
    } else {
      leave(step);
    }
  }

  // ---- waiting

  void checkDue(long crowdNanos, Step step) {
    if (phase == Phase.WAITING && waiting != null) {
      waiting.due(crowdNanos, number, step);
    }
  }

  /** A hint: something changed that may concern this ticket. */
  void changed(Step step) {
    hinted = true;
    checkIfHinted(step);
  }

  /** A hint may have overtaken the reply that says how the ticket stands. */
  void checkIfHinted(Step step) {
    if (hinted && phase == Phase.WAITING && waiting != null) {
      waiting.hinted(number, step);
    } else if (hinted && phase == Phase.GRANTED) {
      check(step);
    }
  }

  /** Asks how the granted ticket stands. */
  void check(Step step) {
    step.emit(asked().check(number));
  }

  /** The same, for callers whose time is over. */
  void look(int look, Step step) {
    step.emit(new Effect.Look(asked().check(number), look));
  }

  Outcome checked(TicketState state, Step step) {
    if (step.over(session())) {
      return Outcome.NOTHING;
    }
    boolean gone = state instanceof TicketState.Gone;
    if (phase == Phase.WAITING) {
      if (state instanceof TicketState.Granted now) {
        return becomeGranted(now.behind(), now.revoked(), step);
      }
      if (gone) {
        String text = "the ticket of lock {} was removed by force; entering again";
        step.emit(new Effect.Log(Effect.Level.WARN, text, null));
        gone(step);
      }
      return gone ? Outcome.PLACE_LOST : Outcome.NOTHING;
    }
    if (phase == Phase.GRANTED) {
      if (state instanceof TicketState.Granted now) {
        granted().seen(now.behind(), now.revoked(), step);
      }
      return gone ? removed(step) : Outcome.NOTHING;
    }
    return Outcome.NOTHING;
  }

  Outcome checkFailed(StoreException failure, Step step) {
    if (asked().over(failure, step)) {
      return Outcome.NOTHING;
    }
    if (failure.kind() == StoreException.Kind.REFUSED && !refusalTold) {
      refusalTold = true;
      step.emit(Waiting.refused(failure));
    }
    return Outcome.FAILED;
  }

  // ---- granted

  /** A message says that the ticket is granted. It may have overtaken the reply to enter. */
  Outcome heardGrant(long grantedNumber, Step step) {
    if (phase == Phase.WAITING && grantedNumber == number) {
      return becomeGranted(-1, false, step);
    }
    if (phase == Phase.ENTERING) {
      grantHeardEarly = grantedNumber;
    }
    return Outcome.NOTHING;
  }

  private Outcome becomeGranted(int behind, boolean revoked, Step step) {
    timer.cancel(step);
    turnTo(Phase.GRANTED, step);
    granted = new Granted(asked(), number, behind, revoked, step.now());
    return Outcome.GRANTED;
  }

  /** Whether it may be handed on or joined, and certainly is still held. */
  boolean mayHandOn(Step step) {
    return granted().mayHandOn(step) && step.proved(session());
  }

  private Outcome removed(Step step) {
    granted().loseAll(LossCause.REMOVED, step);
    gone(step);
    return Outcome.PLACE_LOST;
  }

  /** GRANTED if it has become a read ticket by this. */
  Outcome weakened(TicketState state, Step step) {
    if (phase != Phase.GRANTED || step.over(session())) {
      return Outcome.NOTHING;
    }
    if (state instanceof TicketState.Gone) {
      return removed(step);
    }
    boolean weaker = mode.exclusive();
    mode = Mode.READ;
    return weaker ? Outcome.GRANTED : Outcome.NOTHING;
  }

  // ---- leaving

  /** Gives the ticket back. */
  void leave(Step step) {
    turnToLeaving(step).send(step);
  }

  private Leaving turnToLeaving(Step step) {
    timer.cancel(step);
    turnTo(Phase.LEAVING, step);
    Leaving begun = new Leaving(asked(), number, entering(), timer);
    leaving = begun;
    return begun;
  }

  /** Whether leaving and another ticket's entering may be one request. */
  boolean mayLeaveAndEnter(Step step) {
    return number != 0 && !step.over(session()) && session().leavesAndEnters();
  }

  /** Gives the ticket back, and asks for another one at the end of the line. */
  void leaveAndEnter(OwnTicket next, RequestId request, Step step) {
    Effect.Leave leave = turnToLeaving(step).attempt(step.now());
    step.emit(new Effect.LeaveAndEnter(leave, next.begin(session(), request, true, step)));
  }

  /** A lease under it was given back; its holder is told when the store knows. */
  void closedBy(Holding holding, Step step) {
    if (phase == Phase.LEAVING) {
      leaving().closedBy(holding, step);
    } else {
      step.emit(new Effect.GivenBack(holding));
    }
  }

  void left(long sentNanos, Step step) {
    if (phase == Phase.LEAVING && leaving().left(sentNanos, step)) {
      over(step);
    }
  }

  void leaveFailed(StoreException failure, Step step) {
    if (phase == Phase.LEAVING) {
      leaving().failed(failure, step);
    }
  }

  void leaveDue(Step step) {
    if (phase == Phase.LEAVING) {
      leaving().send(step);
    }
  }

  // ---- the end

  /** The session is over, and with it whatever the store kept of this ticket. */
  Outcome sessionOver(LossCause cause, Step step) {
    boolean wanted = phase != Phase.LEAVING && phase != Phase.OVER;
    if (phase == Phase.GRANTED) {
      granted().loseAll(cause, step);
    }
    over(step);
    return wanted ? Outcome.PLACE_LOST : Outcome.NOTHING;
  }

  /** Nothing of it is left in the store. */
  private void over(Step step) {
    timer.cancel(step);
    turnTo(Phase.OVER, step);
    step.ticketIsOver();
    if (leaving != null) {
      leaving.complete(step);
    }
  }

  // ---- what is known of it

  private void turnTo(Phase next, Step step) {
    if (phase == Phase.WAITING) {
      step.emit(new Effect.Crowd(-1));
    }
    if (next == Phase.WAITING) {
      step.emit(new Effect.Crowd(1));
    }
    phase = next;
  }

  Phase phase() {
    return phase;
  }

  Mode mode() {
    return mode;
  }

  OpenSession session() {
    return asked().session();
  }

  Asked asked() {
    return Objects.requireNonNull(asked, "not asked for yet");
  }

  Entering entering() {
    return Objects.requireNonNull(entering, "not asked for yet");
  }

  Granted granted() {
    return Objects.requireNonNull(granted, "not granted");
  }

  private Leaving leaving() {
    return Objects.requireNonNull(leaving, "not leaving");
  }
}
