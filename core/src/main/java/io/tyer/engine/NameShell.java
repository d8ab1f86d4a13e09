package io.tyer.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.tyer.TyerListener.WaitEnd;
import io.tyer.line.LockName;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Around one name's {@link NameRules}: the lock, and what performs their effects in order once it
 * is free. Exists only as long as there is something to do (promise L3).
 */
final class NameShell implements Chain.Performer<Effect>, NameRequests.Asker {

  private static final Logger log = LoggerFactory.getLogger(NameShell.class);

  /**
   * What a client's names have in common.
   *
   * @param whenIdle told, under the lock, that a name has nothing to do
   */
  record Parts(
      StorePort port,
      NameRequests requests,
      CheckPace pace,
      Disagreement disagreement,
      Consumer<NameShell> whenIdle) {}

  private final LockName name;
  private final Parts parts;
  private final StorePort port;
  private final SessionShell sessions;
  private final Function<KeptSlot, NameRules> biased;
  private final ReentrantLock lock = new ReentrantLock();

  /** The way past the lock, once a caller has wanted a ticket to be kept. */
  private volatile @Nullable KeptSlot slot;

  @GuardedBy("lock")
  private NameRules rules;

  @GuardedBy("lock")
  private boolean retired;

  /**
   * A name about which nothing is done yet.
   *
   * @param biased the rules with bias around them, for callers who want tickets to be kept
   */
  NameShell(
      LockName name,
      Parts parts,
      SessionShell sessions,
      NameRules rules,
      Function<KeptSlot, NameRules> biased) {
    this.name = name;
    this.parts = parts;
    this.port = parts.port();
    this.sessions = sessions;
    this.rules = rules;
    this.biased = biased;
  }

  @Override
  public LockName name() {
    return name;
  }

  StorePort port() {
    return port;
  }

  /** Whose session this name's tickets are taken with. */
  SessionShell sessions() {
    return sessions;
  }

  /** The way past the lock, for leases under bias; null if there are none. */
  @Nullable KeptSlot slot() {
    return slot;
  }

  // ---- events

  /**
   * A caller wants a lease.
   *
   * @return false if this shell has been retired: ask for the name's shell again
   */
  boolean acquire(Event.Acquire event, Chain chain) {
    lock.lock();
    try {
      if (!retired) {
        if (event.waiter().biased && slot == null) {
          KeptSlot made = new KeptSlot();
          rules = biased.apply(made);
          slot = made;
        }
        apply(event, chain);
        return true;
      }
    } finally {
      lock.unlock();
    }
    return false;
  }

  @Override
  public void on(Event event, Chain chain) {
    lock.lock();
    try {
      apply(event, chain);
    } finally {
      lock.unlock();
    }
  }

  /** The same in a chain of its own, which must not block. */
  void on(Event event) {
    Chain chain = Chain.withoutBlocking();
    on(event, chain);
    chain.run();
  }

  @GuardedBy("lock")
  private void apply(Event event, Chain chain) {
    long now = port.now();
    List<Effect> effects = rules.on(event, sessions.at(now), now);
    for (int i = 0; i < effects.size(); i++) {
      Effect effect = effects.get(i);
      if (effect instanceof Effect.Enter || effect instanceof Effect.LeaveAndEnter) {
        // Before the session can be told to end, see EntersInFlight.
        sessions.entersInFlight().sent();
      }
      chain.add(this, effect);
    }
    if (!retired && rules.idle()) {
      retired = true;
      parts.whenIdle().accept(this);
    }
  }

  /** As {@link NameRules#blockersOf}. */
  List<Holding> blockersOf(Waiter waiter) {
    lock.lock();
    try {
      return rules.blockersOf(waiter);
    } finally {
      lock.unlock();
    }
  }

  /** Whether the next caller here need not ask the store, unless somebody else wants the lock. */
  boolean keeps() {
    lock.lock();
    try {
      return rules.keeps();
    } finally {
      lock.unlock();
    }
  }

  boolean wantsSession() {
    lock.lock();
    try {
      return rules.wantsSession();
    } finally {
      lock.unlock();
    }
  }

  // ---- effects

  private NameRequests requests() {
    return parts.requests();
  }

  @Override
  public void perform(Effect effect, Chain chain) {
    if (effect instanceof Effect.Grant grant) {
      report(WaitEnd.GRANTED, grant.waitedNanos());
      grant.waiter().end.granted((LiveSession) grant.session());
    } else if (effect instanceof Effect.Enter enter) {
      requests().enter(enter, this, chain);
    } else if (effect instanceof Effect.Leave leave) {
      requests().leave(leave, this, chain);
    } else if (effect instanceof Effect.LeaveAndEnter both) {
      requests().leaveAndEnter(both.leave(), both.enter(), this, chain);
    } else if (effect instanceof Effect.Check check) {
      requests().check(check, this, chain);
    } else if (effect instanceof Effect.Look look) {
      requests().look(look, this, chain);
    } else if (effect instanceof Effect.Weaken weaken) {
      requests().weaken(weaken, this, chain);
    } else if (effect instanceof Effect.LeaveStranger leave) {
      requests().leaveStranger(leave.stranger(), this, chain);
    } else if (effect instanceof Effect.NeedSession) {
      sessions.need(chain);
    } else if (effect instanceof Effect.Doubt doubt) {
      sessions.doubt(doubt.session(), chain);
    } else if (effect instanceof Effect.SessionEnded ended) {
      sessions.endedByStore(ended.session(), String.valueOf(ended.failure().getMessage()), chain);
    } else {
      tell(effect, chain);
    }
  }

  private void tell(Effect effect, Chain chain) {
    if (effect instanceof Effect.GivenBack given) {
      given.holding().givenBack();
    } else if (effect instanceof Effect.End end) {
      report(end.end(), end.waitedNanos());
      if (end.end() == WaitEnd.CANCELLED) {
        end.waiter().end.cancelled();
      } else {
        end.waiter().end.busy();
      }
    } else if (effect instanceof Effect.Fail fail) {
      report(WaitEnd.FAILED, fail.waitedNanos());
      fail.waiter().end.failed(Failures.of(fail, name, port.description()));
    } else if (effect instanceof Effect.Token token) {
      token.holding().tokenDrawn(token.token());
    } else if (effect instanceof Effect.Lose lose) {
      if (lose.holding().lose(lose.cause())) {
        // Behind the telling of other leases that are lost with this one: a log may block.
        chain.add(() -> lose.holding().reportLoss(lose.cause()));
      }
    } else if (effect instanceof Effect.Weakened weakened) {
      weakened.asker().complete(weakened.state());
    } else if (effect instanceof Effect.WeakenFailed failed) {
      failed.asker().completeExceptionally(failed.failure());
    } else if (effect instanceof Effect.Baton) {
      TyerListeners.baton(port.listener(), name.text());
    } else if (effect instanceof Effect.Crowd crowd) {
      parts.pace().change(crowd.more());
    } else if (effect instanceof Effect.Disagreement found) {
      parts.disagreement().warn(name, found.own(), found.other());
    } else if (effect instanceof Effect.Log line) {
      write(line);
    } else {
      setTimer(effect);
    }
  }

  private void write(Effect.Log line) {
    switch (line.level()) {
      case DEBUG -> log.debug(line.text(), name, line.failure());
      case WARN -> log.warn(line.text(), name, line.failure());
      case ERROR -> log.error(line.text(), name, line.failure());
    }
  }

  private void setTimer(Effect effect) {
    if (effect instanceof Effect.CheckLater check) {
      long pause = port.jittered(Math.max(check.intervalNanos(), parts.pace().crowdNanos()));
      long look = Waiting.lookNanos(pause, port.now() - check.askedNanos());
      check.alarm().arm(check.stamp(), port.later(look, chain -> on(due(check), chain)));
    } else if (effect instanceof Effect.SetAlarm set) {
      Event due = new Event.Due(set.alarm(), set.stamp(), set.event());
      long nanos = port.jittered(set.nanos());
      set.alarm().arm(set.stamp(), port.later(nanos, chain -> on(due, chain)));
    } else if (effect instanceof Effect.CancelAlarm cancel) {
      cancel.alarm().arm(cancel.stamp(), null);
    } else if (effect instanceof Effect.Later later) {
      port.later(later.nanos(), chain -> on(later.event(), chain));
    }
  }

  private Event due(Effect.CheckLater check) {
    Event look = new Event.CheckDue(check.ticket(), parts.pace().crowdNanos());
    return new Event.Due(check.alarm(), check.stamp(), look);
  }

  private void report(WaitEnd end, long waitedNanos) {
    TyerListeners.waited(port.listener(), name.text(), end, waitedNanos);
  }
}
