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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lease under a granted ticket. */
final class HeldLease implements Lease {

  private enum State {
    OPEN,
    CLOSED,
    LOST
  }

  private static final Logger log = LoggerFactory.getLogger(HeldLease.class);

  private final Claim claim;
  private final NameQueue queue;
  private final Engine engine;
  private final LiveSession session;
  private final boolean downgradable;
  private final @Nullable Thread thread;
  private final long grantedNanos;

  // Written under the queue's lock.
  private volatile State state = State.OPEN;
  private volatile @Nullable LossCause lossCause;
  private volatile long token;
  private @Nullable List<Consumer<LossCause>> listeners;
  private @Nullable Cancellable maxHold;

  private HeldLease(Claim claim, NameQueue queue, Waiter waiter) {
    this.claim = claim;
    this.queue = queue;
    this.engine = queue.engine();
    this.session = claim.session();
    this.downgradable = waiter.mode.exclusive();
    this.thread = waiter.thread;
    this.grantedNanos = engine.now();
  }

  /** A new lease under a granted ticket, for a local caller. */
  static HeldLease under(Claim claim, NameQueue queue, Waiter waiter) {
    HeldLease lease = new HeldLease(claim, queue, waiter);
    if (waiter.maxHoldNanos > 0) {
      lease.maxHold =
          queue.engine().port().later(waiter.maxHoldNanos, effects -> queue.expire(lease, effects));
    }
    return lease;
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
    return state == State.OPEN && proved();
  }

  private boolean proved() {
    if (session.proved()) {
      return true;
    }
    if (!session.over()) {
      engine.sessions().doubtedByHolder(session);
    }
    return false;
  }

  @Override
  public void checkValid() {
    if (isValid()) {
      return;
    }
    if (state == State.CLOSED) {
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
    LossCause cause = lossCause;
    return cause == null && session.over() ? LossCause.UNPROVED : cause;
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
          if (token == 0 && state == State.OPEN && session.proved()) {
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
          LossCause cause = lossCause;
          if (cause != null) {
            tell(listener, cause);
          } else if (state == State.OPEN) {
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
    if (state != State.OPEN) {
      return;
    }
    lossCause = cause;
    state = State.LOST;
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

  @Override
  public void close() {
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
    CompletableFuture<Void> left = release(Effects.withoutBlocking());
    if (left == null) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> told = new CompletableFuture<>();
    CompletableFuture<Void> unused =
        left.whenComplete((done, failure) -> engine.port().onCallbacks(() -> told.complete(null)));
    return told;
  }

  private @Nullable CompletableFuture<Void> release(Effects effects) {
    return queue.release(this, effects);
  }

  /** Under the queue's lock. */
  void closed(Effects effects) {
    if (state != State.OPEN) {
      return;
    }
    state = State.CLOSED;
    listeners = null;
    cancelMaxHold();
    long held = engine.now() - grantedNanos;
    effects.add(() -> TyerListeners.held(engine.port().listener(), name(), held));
  }

  @Override
  public String toString() {
    return "lease of " + name() + " (" + (isValid() ? "valid" : "not valid") + ")";
  }
}
