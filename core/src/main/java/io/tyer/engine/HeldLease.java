package io.tyer.engine;

import io.tyer.Lease;
import io.tyer.LeaseLostException;
import io.tyer.LossCause;
import io.tyer.OutcomeUnknownException;
import io.tyer.spi.Cancellable;
import io.tyer.spi.StoreException;
import io.tyer.spi.TicketState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lease under a granted ticket. */
final class HeldLease implements Lease {

  /** What {@link #state} is before the lease is over; afterwards how: CLOSED, or a loss's cause. */
  private static final Object OPEN = "open";

  private static final Object CLOSED = "closed";

  private static final Logger log = LoggerFactory.getLogger(HeldLease.class);

  private final Claim claim;
  private final NameQueue queue;
  private final Engine engine;
  private final LiveSession session;
  private final boolean downgradable;
  private final @Nullable Thread thread;
  private final long grantedNanos;

  /** OPEN, CLOSED or the {@link LossCause}; decided once. */
  private final AtomicReference<Object> state = new AtomicReference<>(OPEN);

  // Written under the queue's lock.
  private volatile long token;
  private @Nullable List<Consumer<LossCause>> listeners;
  private @Nullable Cancellable maxHold;

  private HeldLease(Claim claim, NameQueue queue, boolean exclusive, @Nullable Thread thread) {
    this.claim = claim;
    this.queue = queue;
    this.engine = queue.engine();
    this.session = claim.session();
    this.downgradable = exclusive;
    this.thread = thread;
    this.grantedNanos = engine.port().heard() ? engine.now() : 0;
  }

  /** A new lease under a granted ticket, for a local caller. */
  static HeldLease under(Claim claim, NameQueue queue, Waiter waiter) {
    HeldLease lease = new HeldLease(claim, queue, waiter.mode.exclusive(), waiter.thread);
    if (waiter.maxHoldNanos > 0) {
      lease.maxHold =
          queue.engine().port().later(waiter.maxHoldNanos, effects -> queue.expire(lease, effects));
    }
    return lease;
  }

  /** A new exclusive lease under a ticket that is kept, for the current thread. */
  static HeldLease pastTheLock(Claim claim, NameQueue queue, @Nullable Thread thread) {
    return new HeldLease(claim, queue, true, thread);
  }

  Claim claim() {
    return claim;
  }

  boolean acquiredBy(Thread other) {
    return thread == other;
  }

  @Override
  public String name() {
    return queue.name().text();
  }

  // ---- validity

  @Override
  public boolean isValid() {
    return open() && proved();
  }

  /** Whether it has been neither closed nor lost; it may be unproved all the same. */
  @SuppressWarnings("ReferenceEquality") // One of two constants.
  boolean open() {
    return state.get() == OPEN;
  }

  private boolean proved() {
    if (session.proved()) {
      return true;
    }
    if (!session.over()) {
      queue.sessions().doubtedByHolder(session);
    }
    return false;
  }

  @Override
  public void checkValid() {
    if (isValid()) {
      return;
    }
    if (CLOSED.equals(state.get())) {
      throw new IllegalStateException("the lease of lock " + name() + " is closed");
    }
    LossCause cause = knownLoss();
    if (cause != null) {
      throw new LeaseLostException(name(), cause);
    }
    throw new OutcomeUnknownException(
        "the lease of lock "
            + name()
            + " is unproved since this machine was suspended; ask again after the next beat",
        null);
  }

  /** Why it is lost; told or about to be. */
  private @Nullable LossCause knownLoss() {
    LossCause cause = lossCause();
    return cause == null && session.over() ? LossCause.UNPROVED : cause;
  }

  private @Nullable LossCause lossCause() {
    return state.get() instanceof LossCause cause ? cause : null;
  }

  @Override
  public Duration remaining() {
    return isValid() ? Duration.ofNanos(Math.max(0, session.remainingNanos())) : Duration.ZERO;
  }

  @Override
  public long token() {
    long drawn = token;
    if (drawn != 0) {
      return drawn;
    }
    queue.locked(
        () -> {
          if (token == 0 && open() && session.proved()) {
            token = claim.drawToken();
          }
        });
    drawn = token;
    if (drawn == 0) {
      checkValid();
      return token();
    }
    return drawn;
  }

  // ---- loss

  @Override
  public Lease onLost(Consumer<LossCause> listener) {
    queue.locked(
        () -> {
          LossCause cause = lossCause();
          if (cause != null) {
            tell(listener, cause);
          } else if (open()) {
            if (listeners == null) {
              listeners = new ArrayList<>(1);
            }
            listeners.add(listener);
          }
        });
    return this;
  }

  /** Final. The listeners are started when the queue's lock has been released. */
  void lose(LossCause cause, Effects effects) {
    if (!state.compareAndSet(OPEN, cause)) {
      return;
    }
    cancelMaxHold();
    List<Consumer<LossCause>> told = listeners;
    listeners = null;
    if (told != null) {
      effects.add(() -> told.forEach(listener -> tell(listener, cause)));
    }
    // Behind the telling of other leases that are lost with this one: a log may block.
    effects.add(() -> effects.add(() -> report(cause)));
  }

  private void report(LossCause cause) {
    log.warn("the lease of lock {} is lost: {}", name(), cause.explanation());
    TyerListeners.lost(engine.port().listener(), name(), cause);
  }

  private void tell(Consumer<LossCause> listener, LossCause cause) {
    engine
        .port()
        .surroundings()
        .startThread(
            "loss",
            () -> {
              try {
                listener.accept(cause);
              } catch (RuntimeException e) {
                log.warn("a listener for the loss of lock {} failed", name(), e);
              }
            });
  }

  private void cancelMaxHold() {
    Cancellable armed = maxHold;
    if (armed != null) {
      armed.cancel();
      maxHold = null;
    }
  }

  // ---- downgrade

  @Override
  public void downgrade() {
    if (!downgradable) {
      throw new UnsupportedOperationException(
          "only an exclusive lease can be downgraded, and this one of " + name() + " is shared");
    }
    checkValid();
    StorePort port = engine.port();
    CompletableFuture<TicketState> done = weaken(Effects.here());
    try {
      if (Futures.uninterruptibly(done, 2 * port.operationTimeoutNanos(), port.surroundings())
          instanceof TicketState.Gone) {
        checkValid();
        throw new LeaseLostException(name(), LossCause.REMOVED);
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException failure) {
        if (failure.kind() == StoreException.Kind.SESSION_DEAD) {
          throw new LeaseLostException(name(), LossCause.SESSION_ENDED);
        }
        throw Failures.toUser("the lease of lock " + name() + " was not downgraded", failure);
      }
      throw new IllegalStateException("downgrading failed", e);
    } catch (TimeoutException e) {
      throw new OutcomeUnknownException(
          "the store has not answered whether lock " + name() + " was downgraded", e);
    }
  }

  /** Asks the store to make the ticket a shared one. */
  CompletableFuture<TicketState> weaken(Effects effects) {
    CompletableFuture<TicketState> done = new CompletableFuture<>();
    queue.weaken(this, done, effects);
    effects.run();
    return done;
  }

  // ---- closing

  /** Whether closing it is no more than giving its ticket back to the slot. */
  boolean closesPastTheLock() {
    return maxHold == null && open();
  }

  @Override
  public void close() {
    if (closeKept()) {
      return;
    }
    CompletableFuture<Void> left = release(Effects.here());
    StorePort port = engine.port();
    if (left != null
        && !Futures.completes(left, port.operationTimeoutNanos(), port.surroundings())) {
      log.warn(
          "the store {} has not confirmed that lock {} was given back; finishing in the background",
          port.description(),
          name());
    }
  }

  @Override
  public CompletableFuture<Void> closeAsync() {
    if (closeKept()) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> left = release(Effects.withoutBlocking());
    if (left == null) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> told = new CompletableFuture<>();
    CompletableFuture<Void> unused =
        left.whenComplete((done, failure) -> engine.port().onCallbacks(() -> told.complete(null)));
    return told;
  }

  /** Not valid from here on; then the ticket is given back, if it is kept without more ado. */
  private boolean closeKept() {
    if (state.compareAndSet(OPEN, CLOSED)) {
      if (engine.port().heard()) {
        TyerListeners.held(engine.port().listener(), name(), engine.now() - grantedNanos);
      }
    }
    return queue.slot().giveBack(this);
  }

  private @Nullable CompletableFuture<Void> release(Effects effects) {
    return queue.release(this, effects);
  }

  /** Under the queue's lock, when it has been closed. */
  void forget() {
    listeners = null;
    cancelMaxHold();
  }

  @Override
  public String toString() {
    return "lease of " + name() + " (" + (isValid() ? "valid" : "not valid") + ")";
  }
}
