package io.tyer.engine;

import io.tyer.OutcomeUnknownException;
import io.tyer.TyerListener.WaitEnd;
import io.tyer.spi.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The local callers of one name and mode, first come, first served, and the tickets that serve
 * them. At most one ticket is asked or waited for at a time; exclusive lanes have at most one
 * ticket in all. All state is guarded by the name queue's lock.
 */
final class Lane {

  /** How long a try waits for a ticket that another client merely keeps under bias. */
  private static final long RECALL_PATIENCE_NANOS = 50_000_000;

  /** Why a caller stops waiting. */
  enum Withdrawal {
    TIMED_OUT,
    CANCELLED
  }

  /** More leases than this are not put under one ticket, so that its tokens cannot run out. */
  private static final int MOST_LEASES = EngineSettings.MOST_BATONS;

  final Mode mode;
  private final NameQueue queue;
  private final Engine engine;
  private final Waiters waiters = new Waiters();
  private final List<Claim> granted = new ArrayList<>(1);
  private @Nullable Claim entering;

  /** What the store last failed with, until it answers again. */
  private @Nullable StoreException failure;

  Lane(NameQueue queue, Mode mode) {
    this.queue = queue;
    this.engine = queue.engine();
    this.mode = mode;
  }

  boolean idle() {
    return waiters.isEmpty() && entering == null && granted.isEmpty();
  }

  /** Whether local callers of this lane wait for something. */
  boolean wanting() {
    return !waiters.isEmpty();
  }

  // ---- callers come and go

  void arrive(Waiter waiter, Effects effects) {
    if (waiters.isEmpty() && (join(waiter, effects) || takeKept(waiter, effects))) {
      return;
    }
    boolean taken = mode.exclusive() && !granted.isEmpty();
    if (waiter.onlyIfFree && (taken || queue.anybodyWants())) {
      decideBusy(waiter, effects);
      return;
    }
    waiters.add(waiter);
    queue.warnIfHolder(waiter);
    enterIfNeeded(effects);
  }

  /** Local readers may share a read ticket, for a while, unless a local writer waits. */
  private boolean join(Waiter waiter, Effects effects) {
    if (!mode.read() || granted.isEmpty() || queue.exclusiveWanted()) {
      return false;
    }
    Claim newest = granted.get(granted.size() - 1);
    if (newest.leases.isEmpty() || !newest.mayHandOn()) {
      return false;
    }
    newest.handedOn();
    effects.add(() -> TyerListeners.baton(engine.port().listener(), queue.name().text()));
    grant(waiter, newest, effects);
    return true;
  }

  /** A ticket that is kept under bias serves whoever comes. */
  private boolean takeKept(Waiter waiter, Effects effects) {
    Claim kept = kept();
    if (kept == null) {
      return false;
    }
    kept.used();
    waiters.add(waiter);
    serve(kept, effects);
    return true;
  }

  private @Nullable Claim kept() {
    if (mode.exclusive() && granted.size() == 1) {
      Claim claim = granted.get(0);
      return claim.leases.isEmpty() && claim.mayBeKept() ? claim : null;
    }
    return null;
  }

  /** Somebody of another lane wants the lock: what is kept here, or will be, is in the way. */
  void letGoOfKept(Effects effects) {
    if (entering != null) {
      entering.wantedHere(effects);
    }
    for (Claim claim : List.copyOf(granted)) {
      claim.wantedHere(effects);
    }
  }

  /** Opens the way past the lock, if all there is to do is to take and give back a kept ticket. */
  void openTo(KeptSlot slot) {
    if (mode.exclusive() && granted.size() == 1 && !queue.anybodyWants()) {
      Claim claim = granted.get(0);
      boolean simple = claim.leases.isEmpty() || claim.leases.get(0).closesPastTheLock();
      if (simple && claim.mayBeKept()) {
        slot.open(claim);
      }
    }
  }

  /** The ticket serves nobody now, and others want it. */
  void giveUpIfIdle(Claim claim, Effects effects) {
    if (claim.leases.isEmpty() && waiters.isEmpty()) {
      drop(claim);
      claim.leave(effects);
    }
  }

  /** Whether this thread holds a lease here that an exclusive caller would wait for. */
  boolean heldBy(Thread thread) {
    for (Claim claim : granted) {
      for (HeldLease lease : claim.leases) {
        if (lease.acquiredBy(thread)) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * A caller stops waiting.
   *
   * @return false if its outcome has been decided before
   */
  boolean withdraw(Waiter waiter, Withdrawal why, Effects effects) {
    if (waiter.decided) {
      return false;
    }
    waiters.remove(waiter);
    if (why == Withdrawal.CANCELLED) {
      decide(waiter, WaitEnd.CANCELLED, effects);
    } else if (busyIsKnown()) {
      decideBusy(waiter, effects);
    } else {
      fail(waiter, unanswered(), effects);
    }
    reconcile(effects);
    return true;
  }

  /** Whether somebody is in the way for certain; an unreachable store is not "busy". */
  private boolean busyIsKnown() {
    if (mode.exclusive() && granted.stream().anyMatch(claim -> !claim.leases.isEmpty())) {
      return true;
    }
    return failure == null && (entering == null || !entering.unsettled());
  }

  private RuntimeException unanswered() {
    String what = "lock " + queue.name() + " was not acquired in time";
    StoreException known = failure;
    if (known != null) {
      return Failures.toUser(what, known);
    }
    String store = engine.port().description();
    return new OutcomeUnknownException(what + ": the store " + store + " has not answered", null);
  }

  /** The client is closed. What the store knows of ends with the session. */
  void failAll(Supplier<RuntimeException> reason, Effects effects) {
    for (Waiter waiter : waiters.all()) {
      fail(waiter, reason.get(), effects);
    }
    Claim claim = entering;
    if (claim != null && claim.phase == Claim.Phase.PENDING) {
      claim.abandon(effects);
      drop(claim);
    }
  }

  // ---- what the ticket that is asked for comes to

  private void enterIfNeeded(Effects effects) {
    Claim claim = needed();
    if (claim != null) {
      claim.start(effects);
    }
  }

  /** The ticket is given back; what is needed then is asked for, by one request if that can be. */
  private void leaveAndEnterIfNeeded(Claim leaving, Effects effects) {
    Waiter head = waiters.first();
    boolean atOnce = mode.exclusive() && head != null && !head.onlyIfFree;
    Claim next = atOnce && leaving.mayLeaveAndEnter() ? needed() : null;
    if (next != null) {
      leaving.leaveAndEnter(next, effects);
    } else {
      leaving.leave(effects);
      enterIfNeeded(effects);
    }
  }

  /** The ticket to ask for, if there is one. */
  private @Nullable Claim needed() {
    Waiter head = waiters.first();
    if (entering != null || head == null || (mode.exclusive() && !granted.isEmpty())) {
      return null;
    }
    boolean keep =
        head.biased
            && mode.exclusive()
            && engine.port().store().traits().tells()
            && engine.biasPolicy().allows(queue.name(), engine.now());
    Claim claim = new Claim(queue, this, head, keep);
    entering = claim;
    return claim;
  }

  /** A session has opened. */
  void sessionReady(Effects effects) {
    Claim claim = entering;
    if (claim != null && claim.phase == Claim.Phase.PENDING) {
      claim.start(effects);
    }
  }

  /** A session could not be opened. */
  void sessionFailed(StoreException why, Effects effects) {
    failure = why;
    Claim claim = entering;
    if (claim != null && claim.phase == Claim.Phase.PENDING) {
      failImpatient(why, effects);
      reconcile(effects);
    }
  }

  boolean wantsSession() {
    return entering != null && entering.phase == Claim.Phase.PENDING;
  }

  void enterFailed(Claim claim, StoreException why, Effects effects) {
    failure = why;
    failImpatient(why, effects);
    if (claim == entering && claim.attempts().mayRepeat() && !waiters.isEmpty() && fits(claim)) {
      claim.attempts().retryLater();
    } else {
      drop(claim);
      claim.abandon(effects);
      enterIfNeeded(effects);
    }
  }

  /** Those who stood in line already go on until their own time-out. */
  private void failImpatient(StoreException why, Effects effects) {
    long now = engine.now();
    long patience = engine.port().operationTimeoutNanos();
    boolean refused = why.kind() == StoreException.Kind.REFUSED;
    for (Waiter waiter : waiters.all()) {
      boolean over = !waiter.stoodInLine && now - waiter.startNanos >= patience;
      if (refused || waiter.onlyIfFree || over) {
        String what = "lock " + queue.name() + " was not acquired";
        fail(waiter, Failures.toUser(what, why), effects);
      }
    }
  }

  void storeAnswered() {
    failure = null;
  }

  void storeFailed(StoreException why) {
    failure = why;
  }

  /**
   * A try came to nothing.
   *
   * @param onlyKept whether all in its way are tickets that may merely be kept: it then stands in
   *     line for a moment, which recalls them
   */
  void refused(Claim claim, boolean onlyKept, Effects effects) {
    drop(claim);
    Waiter first = waiters.first();
    if (onlyKept && first != null && first.onlyIfFree) {
      first.onlyIfFree = false;
      StorePort port = engine.port();
      port.later(
          RECALL_PATIENCE_NANOS, later -> queue.locked(() -> recallTookTooLong(first, later)));
    }
    refuseTries(effects);
    enterIfNeeded(effects);
  }

  private void recallTookTooLong(Waiter waiter, Effects effects) {
    if (!waiter.decided) {
      waiters.remove(waiter);
      decideBusy(waiter, effects);
      reconcile(effects);
    }
  }

  private void refuseTries(Effects effects) {
    for (Waiter waiter : waiters.all()) {
      if (waiter.onlyIfFree) {
        waiters.remove(waiter);
        decideBusy(waiter, effects);
      }
    }
  }

  /** The ticket stands in line. */
  void mustWait(Effects effects) {
    refuseTries(effects);
    for (Waiter waiter : waiters.all()) {
      waiter.stoodInLine = true;
    }
    reconcile(effects);
  }

  /** Drops the ticket in line if it serves nobody, and takes the one that is needed. */
  private void reconcile(Effects effects) {
    Claim claim = entering;
    if (claim != null && claim.phase != Claim.Phase.GRANTED && !fits(claim)) {
      boolean onItsWay = claim.phase == Claim.Phase.ENTERING;
      claim.abandon(effects);
      if (!onItsWay || claim.phase != Claim.Phase.ENTERING) {
        drop(claim);
      }
    }
    enterIfNeeded(effects);
  }

  /** Whether the ticket is what the first caller needs. */
  private boolean fits(Claim claim) {
    Waiter first = waiters.first();
    return first != null && first.weight == claim.weight;
  }

  /** The ticket is gone, and nobody here made it leave. */
  void lostPlace(Claim claim, Effects effects) {
    drop(claim);
    for (Waiter waiter : waiters.all()) {
      waiter.stoodInLine = true;
    }
    enterIfNeeded(effects);
  }

  private void drop(Claim claim) {
    if (entering == claim) {
      entering = null;
    }
    granted.remove(claim);
  }

  // ---- granted tickets

  /** The ticket is granted: serve whom it can. */
  void granted(Claim claim, Effects effects) {
    if (entering == claim) {
      entering = null;
    }
    adopt(claim);
    serve(claim, effects);
    enterIfNeeded(effects);
  }

  /** Takes a granted ticket under this lane. */
  void adopt(Claim claim) {
    granted.add(claim);
  }

  private void serve(Claim claim, Effects effects) {
    LiveSession session = claim.session();
    boolean proved = session.proved();
    if (!proved && session.over()) {
      // Its end brings the callers a new ticket; a deadline that has just passed is told now.
      queue.sessions().doubted(session, effects);
      return;
    }
    if (!waiters.isEmpty() && !proved) {
      queue.sessions().doubted(session, effects);
      engine
          .port()
          .later(
              Engine.UNPROVED_PAUSE_NANOS, later -> queue.locked(() -> serveLater(claim, later)));
      return;
    }
    int most = mode.read() ? sharers(claim) : 1;
    for (Waiter waiter = waiters.first();
        waiter != null && claim.leases.size() < most && !claim.withdrawn && fits(claim);
        waiter = waiters.first()) {
      waiters.remove(waiter);
      grant(waiter, claim, effects);
    }
    if (claim.leases.isEmpty()) {
      drop(claim);
      claim.leave(effects);
    }
  }

  /** A used ticket may have been recalled, or have had its time, while nothing proved it. */
  private void serveLater(Claim claim, Effects effects) {
    if (claim.phase != Claim.Phase.GRANTED || !claim.leases.isEmpty()) {
      return;
    }
    if (claim.served && !claim.turnAllowsHandingOn()) {
      drop(claim);
      claim.leave(effects);
    } else {
      if (claim.served && claim.mayHandOn()) {
        claim.handedOn();
      }
      serve(claim, effects);
    }
    enterIfNeeded(effects);
  }

  /** All who queue here when nobody stands behind the ticket; else as many as batons allow. */
  private int sharers(Claim claim) {
    return claim.behind == 0 && !queue.exclusiveWanted()
        ? MOST_LEASES
        : 1 + engine.settings().batons();
  }

  private void grant(Waiter waiter, Claim claim, Effects effects) {
    HeldLease lease = HeldLease.under(claim, queue, waiter);
    claim.leases.add(lease);
    claim.served = true;
    waiter.decided = true;
    long waited = waited(waiter);
    effects.add(
        () -> {
          report(WaitEnd.GRANTED, waited);
          waiter.end.granted(lease);
        });
  }

  /** A lease under a granted ticket is over. */
  void released(Claim claim, HeldLease lease, Effects effects) {
    if (!claim.leases.remove(lease)
        || !claim.leases.isEmpty()
        || claim.phase != Claim.Phase.GRANTED) {
      return;
    }
    if (mode.exclusive() && fits(claim) && claim.mayHandOn()) {
      claim.handedOn();
      effects.add(() -> TyerListeners.baton(engine.port().listener(), queue.name().text()));
      serve(claim, effects);
    } else if (mode.exclusive() && !queue.anybodyWants() && claim.mayBeKept()) {
      claim.used();
    } else {
      drop(claim);
      leaveAndEnterIfNeeded(claim, effects);
    }
  }

  /** A granted ticket of this lane has become a shared one. */
  void weakened(Claim claim, Effects effects) {
    granted.remove(claim);
    enterIfNeeded(effects);
  }

  // ---- decisions

  private void decideBusy(Waiter waiter, Effects effects) {
    decide(waiter, WaitEnd.BUSY, effects);
    effects.add(waiter.end::busy);
  }

  private void fail(Waiter waiter, RuntimeException why, Effects effects) {
    waiters.remove(waiter);
    decide(waiter, WaitEnd.FAILED, effects);
    effects.add(() -> waiter.end.failed(why));
  }

  private void decide(Waiter waiter, WaitEnd end, Effects effects) {
    waiter.decided = true;
    long waited = waited(waiter);
    effects.add(() -> report(end, waited));
  }

  /** For the listener; the clock is not read for nobody. */
  private long waited(Waiter waiter) {
    return engine.port().heard() ? engine.now() - waiter.startNanos : 0;
  }

  private void report(WaitEnd end, long waitedNanos) {
    TyerListeners.waited(engine.port().listener(), queue.name().text(), end, waitedNanos);
  }
}
