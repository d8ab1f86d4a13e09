package io.tyer.engine;

import io.tyer.line.LockName;
import io.tyer.spi.TicketState;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Bias, around the rules of a name that know nothing of it: the last lease under a ticket that may
 * be kept is not given back to them until somebody else wants the lock, so that to them its holder
 * holds on. Whoever comes meanwhile is given the ticket in that one's place; where the {@linkplain
 * KeptSlot slot} is open, without the name's lock.
 */
final class BiasedName implements NameRules {

  private final LockName name;
  private final NameState rules;
  private final BiasPolicy policy;
  private final KeptSlot slot;

  /** Whether the store tells this client when another one wants a lock. */
  private final BooleanSupplier tells;

  private final Alarm alarm = new Alarm();

  /** The ticket that was asked for so that it may be kept, until it leaves. */
  private @Nullable KeptTicket kept;

  BiasedName(
      LockName name, NameState rules, BiasPolicy policy, KeptSlot slot, BooleanSupplier tells) {
    this.name = name;
    this.rules = rules;
    this.policy = policy;
    this.slot = slot;
    this.tells = tells;
  }

  @Override
  public boolean wantsSession() {
    return rules.wantsSession();
  }

  @Override
  public boolean keeps() {
    return kept != null && kept.mayKeep();
  }

  @Override
  public boolean idle() {
    return rules.idle();
  }

  @Override
  public List<Holding> blockersOf(Waiter waiter) {
    return rules.blockersOf(waiter);
  }

  @Override
  public List<Effect> on(Event event, SessionNow session, long now) {
    rules.step().begin(session, now);
    KeptTicket known = kept;
    if (known == null) {
      rules.apply(event);
    } else {
      catchUp(known, slot.close());
      before(known, event);
      after(known, event);
    }
    List<Effect> effects = rules.step().effects();
    mark(effects);
    KeptTicket open = kept;
    if (open != null && open.mayKeep() && !rules.anybodyWaits() && passable(open)) {
      slot.open(open);
    }
    return effects;
  }

  private static boolean passable(KeptTicket of) {
    return of.idle || (!of.ticket.granted().unused() && of.ticket.granted().holder().plain());
  }

  /** What has happened past the lock. */
  private static void catchUp(KeptTicket known, @Nullable Object found) {
    if (found instanceof KeptTicket) {
      known.idle = true;
    } else if (found instanceof Holding holding) {
      known.idle = false;
      Granted use = known.ticket.granted();
      if (!use.holds(holding)) {
        use.release(use.holder());
        known.ticket.granted().hold(holding);
      }
    }
  }

  // ---- before the rules, and in their place

  private void before(KeptTicket known, Event event) {
    Step step = rules.step();
    if (event instanceof Event.Acquire acquire) {
      Waiter waiter = acquire.waiter();
      if (!waiter.mode.exclusive()) {
        want(known, false);
        letGoIfIdle(known);
      } else if (known.idle && !rules.anybodyWaits()) {
        // Also a try: what is in its way is nobody else.
        take(known, waiter);
        return;
      }
    } else if (event instanceof Event.Release release && keeps(known, release.holding())) {
      known.idle = true;
      known.used();
      step.emit(new Effect.GivenBack(release.holding()));
      return;
    } else if (event instanceof Event.Weaken weaken
        && known.ticket.asked().request().equals(weaken.holding().under)) {
      if (known.idle) {
        step.emit(new Effect.Weakened(weaken.asker(), new TicketState.Gone()));
        return;
      }
      known.giveUp();
    } else if (event instanceof Event.Recalled) {
      want(known, true);
    } else if (event instanceof Event.Due due && due.event() instanceof Event.KeptDue) {
      if (alarm.rings(due.stamp())) {
        look(known);
      }
      return;
    }
    rules.apply(event);
  }

  private void take(KeptTicket known, Waiter waiter) {
    if (mayServe(known)) {
      known.idle = false;
      known.used();
      rules.mode(waiter.mode).lend(known.ticket, waiter);
    } else {
      rules.mode(waiter.mode).queue(waiter);
    }
  }

  private boolean keeps(KeptTicket known, Holding holding) {
    return known.ticket.phase() == Phase.GRANTED
        && known.mayKeep()
        && known.ticket.granted().holds(holding);
  }

  private boolean mayServe(KeptTicket known) {
    return known.mayKeep() && rules.step().proved(known.ticket.session());
  }

  private void want(KeptTicket known, boolean recalled) {
    long now = rules.step().now();
    if (known.want(now) && recalled) {
      policy.recalled(name, now);
    }
  }

  private void look(KeptTicket known) {
    Step step = rules.step();
    long reread = step.rules.ttlNanos() / 3;
    if (known.idleFor(step.rules.biasIdleNanos(), step.now())) {
      want(known, false);
    } else {
      if (known.rereadIsDue(reread, nextLookNanos(), step.now())) {
        known.ticket.check(step);
      }
      lookLater();
    }
  }

  private long nextLookNanos() {
    return Math.min(rules.step().rules.ttlNanos() / 3, rules.step().rules.biasIdleNanos());
  }

  private void lookLater() {
    Effect later = new Effect.SetAlarm(alarm, alarm.set(), nextLookNanos(), new Event.KeptDue());
    rules.step().emit(later);
  }

  // ---- after the rules

  private void after(KeptTicket known, Event event) {
    Step step = rules.step();
    boolean granted = known.ticket.phase() == Phase.GRANTED && known.ticket.mode().exclusive();
    if (granted && !known.granted) {
      known.begin(step.now());
      lookLater();
      if (known.ticket.granted().behind() < 0) {
        // A message does not say whether others have come since.
        known.ticket.check(step);
      }
    }
    if (granted && known.ticket.granted().behind() > 0) {
      want(known, true);
    }
    if (event instanceof Event.ServeDue) {
      known.lookingAgain = false;
    }
    if (granted && known.idle) {
      settle(known);
    }
    if (known.ticket.phase() == Phase.LEAVING
        || known.ticket.phase() == Phase.OVER
        || !known.ticket.mode().exclusive()) {
      kept = null;
      policy.ticketGone();
      if (alarm.cancel()) {
        step.emit(new Effect.CancelAlarm(alarm, alarm.stamp()));
      }
    }
  }

  /** Nobody uses it: it stays, serves who waits here, or is given back. */
  private void settle(KeptTicket known) {
    if (!known.mayKeep()) {
      letGoIfIdle(known);
    } else if (rules.mode(Mode.EXCLUSIVE).wanting()) {
      if (mayServe(known)) {
        known.idle = false;
        rules.mode(Mode.EXCLUSIVE).handOn(known.ticket);
      } else {
        waitForProof(known);
      }
    } else if (rules.anybodyWaits()) {
      letGoIfIdle(known);
    }
  }

  private void waitForProof(KeptTicket known) {
    Step step = rules.step();
    step.emit(new Effect.Doubt(known.ticket.session()));
    if (!known.lookingAgain && !step.over(known.ticket.session())) {
      known.lookingAgain = true;
      Event again = new Event.ServeDue(known.ticket.asked().request());
      step.emit(new Effect.Later(Rules.UNPROVED_PAUSE_NANOS, again));
    }
  }

  private void letGoIfIdle(KeptTicket known) {
    if (known.idle) {
      known.idle = false;
      rules.apply(new Event.Release(known.ticket.granted().holder()));
    }
  }

  /** Tickets of those who would have them kept are asked for as such. */
  private void mark(List<Effect> effects) {
    for (int i = 0; i < effects.size(); i++) {
      if (effects.get(i) instanceof Effect.Enter enter) {
        effects.set(i, marked(enter));
      } else if (effects.get(i) instanceof Effect.LeaveAndEnter both) {
        effects.set(i, new Effect.LeaveAndEnter(both.leave(), marked(both.enter())));
      }
    }
  }

  private Effect.Enter marked(Effect.Enter enter) {
    if (!enter.ask().exclusive()) {
      return enter;
    }
    OwnTicket ticket = rules.find(enter.ask().request());
    if (ticket == null || !ticket.biased) {
      return enter;
    }
    boolean first = kept == null && ticket.entering().first();
    if (first && tells.getAsBoolean() && policy.allows(name, rules.step().now())) {
      kept = new KeptTicket(ticket);
      policy.ticketTaken();
    }
    return kept != null && kept.ticket == ticket ? enter.recallable() : enter;
  }
}
