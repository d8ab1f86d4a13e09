package io.tyer.engine;

import io.tyer.LossCause;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.spi.StoreException;
import io.tyer.spi.TicketState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that this client does about one name: a lane per mode, and every ticket that is not certainly
 * gone. Exists only as long as there is something to do (promise L3).
 */
final class NameQueue {

  private static final Logger log = LoggerFactory.getLogger(NameQueue.class);

  private final LockName name;
  private final Engine engine;
  private final SessionKeeper sessions;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Lane> lanes = new ArrayList<>(2);
  private final Map<RequestId, Claim> claims = new HashMap<>(4);
  private final KeptSlot slot = new KeptSlot();
  private int unknownTickets;
  private boolean retired;

  NameQueue(LockName name, Engine engine) {
    this.name = name;
    this.engine = engine;
    this.sessions = engine.sessions(name);
  }

  LockName name() {
    return name;
  }

  Engine engine() {
    return engine;
  }

  /** Whose session this name's tickets are taken with. */
  SessionKeeper sessions() {
    return sessions;
  }

  KeptSlot slot() {
    return slot;
  }

  // ---- events from callers

  /**
   * A caller wants a lease.
   *
   * @return false if this queue has been retired: ask for the name's queue again
   */
  boolean acquire(Waiter waiter, Effects effects) {
    lock.lock();
    try {
      if (retired) {
        return false;
      }
      slot.close();
      if (engine.closed()) {
        effects.add(() -> waiter.end.failed(engine.closedFailure()));
        waiter.decided = true;
        retireIfIdle();
      } else {
        if (!waiter.mode.exclusive()) {
          lanes.forEach(lane -> lane.letGoOfKept(effects));
        }
        lane(waiter.mode).arrive(waiter, effects);
      }
      openSlot();
    } finally {
      lock.unlock();
    }
    return true;
  }

  /** A caller stops waiting; false if its outcome has been decided before. */
  boolean withdraw(Waiter waiter, Lane.Withdrawal why, Effects effects) {
    boolean[] withdrawn = new boolean[1];
    locked(() -> withdrawn[0] = lane(waiter.mode).withdraw(waiter, why, effects));
    return withdrawn[0];
  }

  /**
   * A lease is closed.
   *
   * @return completes when the store knows; null if it knows already or need not
   */
  @Nullable CompletableFuture<Void> release(HeldLease lease, Effects effects) {
    List<CompletableFuture<Void>> left = new ArrayList<>(1);
    locked(
        () -> {
          lease.forget();
          Claim claim = lease.claim();
          claim.lane.released(claim, lease, effects);
          if (claim.phase == Claim.Phase.LEAVING) {
            effects.add(() -> collectLeft(claim, left));
          }
        });
    effects.run();
    return left.isEmpty() ? null : left.get(0);
  }

  private void collectLeft(Claim claim, List<CompletableFuture<Void>> into) {
    lock.lock();
    try {
      CompletableFuture<Void> left = claim.left();
      if (left != null) {
        into.add(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Makes a lease's ticket a shared one. */
  void weaken(HeldLease lease, CompletableFuture<TicketState> done, Effects effects) {
    locked(
        () -> {
          Claim claim = lease.claim();
          if (claim.leases.contains(lease) && lease.open()) {
            claim.weaken(done, effects);
          } else {
            // Closed or lost by another thread: the ticket may be somebody else's by now.
            effects.add(() -> done.complete(new TicketState.Gone()));
          }
        });
  }

  // ---- events from the session and the store

  void sessionReady(Effects effects) {
    locked(() -> lanes.forEach(lane -> lane.sessionReady(effects)));
  }

  void sessionFailed(StoreException failure, Effects effects) {
    locked(() -> lanes.forEach(lane -> lane.sessionFailed(failure, effects)));
  }

  boolean wantsSession() {
    lock.lock();
    try {
      return lanes.stream().anyMatch(Lane::wantsSession);
    } finally {
      lock.unlock();
    }
  }

  void sessionOver(LiveSession session, LossCause cause, Effects effects) {
    locked(
        () -> {
          for (Claim claim : List.copyOf(claims.values())) {
            if (claim.session() == session) {
              claim.sessionOver(cause, effects);
            }
          }
        });
  }

  void clientClosed(Effects effects) {
    locked(
        () -> {
          for (Lane lane : lanes) {
            lane.failAll(engine::closedFailure, effects);
          }
        });
  }

  /** A hint that something changed in this line. */
  void hinted(Effects effects) {
    locked(
        () -> {
          for (Claim claim : List.copyOf(claims.values())) {
            claim.hinted(effects);
          }
        });
  }

  /** A message that another client waits behind a recallable ticket. */
  void recalled(Effects effects) {
    locked(
        () -> {
          for (Claim claim : List.copyOf(claims.values())) {
            claim.recalled(effects);
          }
        });
  }

  /** A message that a ticket is granted. */
  void heardGrant(LiveSession session, RequestId request, long number, Effects effects) {
    locked(
        () -> {
          Claim claim = claims.get(request);
          if (claim != null) {
            claim.heardGrant(number, effects);
          } else if (!session.over()) {
            withdrawUnknown(session, request, number, effects);
          }
        });
  }

  /** A ticket of this client's session that it does not know: an answer was lost. It leaves. */
  void withdrawUnknown(LiveSession session, RequestId request, long number, Effects effects) {
    log.debug("a ticket of lock {} was unknown to its own client; it leaves", name);
    unknownTickets++;
    effects.add(
        () ->
            Call.send(
                engine.port(),
                "leave",
                effects,
                new Call.Outcome<Boolean>() {
                  @Override
                  public void answered(Boolean removed, Effects then) {
                    locked(() -> unknownTickets = Math.max(0, unknownTickets - 1));
                  }

                  @Override
                  public void failed(StoreException failure, Effects then) {
                    if (failure.kind() == StoreException.Kind.SESSION_DEAD || session.over()) {
                      locked(() -> unknownTickets = Math.max(0, unknownTickets - 1));
                    } else {
                      engine.port().later(engine.longestRetryNanos(), later -> again(later));
                    }
                  }

                  private void again(Effects later) {
                    locked(
                        () -> {
                          unknownTickets = Math.max(0, unknownTickets - 1);
                          withdrawUnknown(session, request, number, later);
                        });
                  }
                },
                reply -> session.store().leave(name, request, number, reply)));
  }

  /** A lease has reached its maximum. */
  void expire(HeldLease lease, Effects effects) {
    locked(() -> lease.claim().expire(lease, effects));
  }

  // ---- state

  boolean knows(RequestId request) {
    return claims.containsKey(request);
  }

  void register(Claim claim) {
    RequestId request = claim.request;
    if (request != null) {
      claims.put(request, claim);
    }
  }

  void forget(Claim claim) {
    if (claim.request != null) {
      claims.remove(claim.request);
    }
  }

  Lane lane(Mode mode) {
    for (Lane lane : lanes) {
      if (lane.mode.equals(mode)) {
        return lane;
      }
    }
    Lane lane = new Lane(this, mode);
    lanes.add(lane);
    return lane;
  }

  /** Whether local callers wait for anything; a try does not overtake them. */
  boolean anybodyWants() {
    for (Lane lane : lanes) {
      if (lane.wanting()) {
        return true;
      }
    }
    return false;
  }

  /** Whether local callers wait for an exclusive lease. */
  boolean exclusiveWanted() {
    for (Lane lane : lanes) {
      if (lane.mode.exclusive()) {
        return lane.wanting();
      }
    }
    return false;
  }

  /** Warns a thread that waits for a lease it holds itself. */
  void warnIfHolder(Waiter waiter) {
    Thread thread = waiter.thread;
    if (thread == null || waiter.onlyIfFree) {
      return;
    }
    for (Lane lane : lanes) {
      boolean conflicting = waiter.mode.exclusive() || lane.mode.exclusive();
      if (conflicting && lane.heldBy(thread)) {
        log.warn(
            "thread {} waits for lock {} while it holds a lease of it: it waits for itself."
                + " asJavaLock() gives a reentrant view",
            thread.getName(),
            name);
        return;
      }
    }
  }

  /** Something to be done with an answer, under the lock. */
  interface Answered<T> {
    void apply(T value, Effects effects);
  }

  /** An outcome that is applied under the lock. */
  <T> Call.Outcome<T> outcome(Answered<T> answered, Answered<StoreException> failed) {
    return new Call.Outcome<>() {
      @Override
      public void answered(T value, Effects effects) {
        locked(() -> answered.apply(value, effects));
      }

      @Override
      public void failed(StoreException failure, Effects effects) {
        locked(() -> failed.apply(failure, effects));
      }
    };
  }

  /** Applies an event under the lock; its effects are performed by the caller, afterwards. */
  void locked(Runnable event) {
    lock.lock();
    try {
      slot.close();
      event.run();
      retireIfIdle();
      openSlot();
    } finally {
      lock.unlock();
    }
  }

  private void openSlot() {
    for (Lane lane : lanes) {
      lane.openTo(slot);
    }
  }

  private void retireIfIdle() {
    if (!retired && claims.isEmpty() && unknownTickets == 0) {
      for (Lane lane : lanes) {
        if (!lane.idle()) {
          return;
        }
      }
      retired = true;
      engine.retire(this);
    }
  }
}
