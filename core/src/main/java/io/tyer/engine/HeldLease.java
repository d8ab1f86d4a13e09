package io.tyer.engine;

import io.tyer.Lease;
import io.tyer.LeaseLostException;
import io.tyer.LossCause;
import io.tyer.OutcomeUnknownException;
import io.tyer.spi.TicketState;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lease under a granted ticket; made when it is wanted, and given to the user when granted. */
final class HeldLease extends Holding implements Lease {

  private static final AtomicLongFieldUpdater<HeldLease> TOKEN =
      AtomicLongFieldUpdater.newUpdater(HeldLease.class, "token");

  private static final AtomicReferenceFieldUpdater<HeldLease, Returned> RETURNED =
      AtomicReferenceFieldUpdater.newUpdater(HeldLease.class, Returned.class, "returned");

  private static final Logger log = LoggerFactory.getLogger(HeldLease.class);

  private final boolean downgradable;
  private final long maxHoldNanos;
  private final @Nullable Thread thread;

  private final LeaseState state = new LeaseState();

  /** Of whose name's lock it is, once it has been asked for. */
  private @Nullable NameShell shell;

  /** By which session's ticket it is held, once it is granted. */
  private @Nullable LiveSession session;

  private long grantedNanos;
  private volatile boolean ofOneThread;
  private volatile long token;

  /** Null if it may be held for ever. */
  private volatile @Nullable MaxHold maxHold;

  /** Made when it is given back through the name's lock, which a lease under bias seldom is. */
  private volatile @Nullable Returned returned;

  /** A lease that is wanted. */
  HeldLease(Wanted wanted, @Nullable Thread thread) {
    this.downgradable = wanted.mode().exclusive();
    this.maxHoldNanos = wanted.maxHoldNanos();
    this.thread = thread;
  }

  private HeldLease(NameShell shell, LiveSession session, @Nullable Thread thread) {
    this.downgradable = true;
    this.maxHoldNanos = 0;
    this.thread = thread;
    this.shell = shell;
    granted(session);
  }

  /** A new exclusive lease under a ticket that is kept. */
  static HeldLease pastTheLock(NameShell shell, LiveSession session, @Nullable Thread thread) {
    return new HeldLease(shell, session, thread);
  }

  /** It is about to be asked for there. */
  void isOf(NameShell asked) {
    shell = asked;
  }

  /** Only the thread that acquired it gives it back. */
  void bindToThread() {
    ofOneThread = true;
  }

  @Override
  boolean ofOneThread() {
    return ofOneThread;
  }

  /** It is held from here on. */
  void granted(LiveSession by) {
    session = by;
    StorePort port = shell().port();
    grantedNanos = port.heard() ? port.now() : 0;
    if (maxHoldNanos > 0) {
      Event due = new Event.Expire(this, LossCause.MAX_HOLD);
      MaxHold most = new MaxHold(port, chain -> shell().on(due, chain));
      maxHold = most;
      most.begin(maxHoldNanos);
    }
  }

  NameShell shell() {
    return Objects.requireNonNull(shell, "not asked for yet");
  }

  private LiveSession session() {
    return Objects.requireNonNull(session, "not granted yet");
  }

  @Override
  public String name() {
    return shell().name().text();
  }

  // ---- validity

  @Override
  public boolean isValid() {
    return open() && proved();
  }

  /** Whether it has been neither closed nor lost; it may be unproved all the same. */
  @Override
  boolean open() {
    return state.open();
  }

  private boolean proved() {
    LiveSession by = session();
    if (by.proved()) {
      return true;
    }
    if (!by.over()) {
      Chain chain = Chain.withoutBlocking();
      shell().sessions().doubt(by, chain);
      chain.run();
    }
    return false;
  }

  @Override
  public void checkValid() {
    if (isValid()) {
      return;
    }
    if (state.closed()) {
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
    LossCause cause = state.cause();
    return cause == null && session().over() ? LossCause.UNPROVED : cause;
  }

  @Override
  public Duration remaining() {
    return isValid() ? Duration.ofNanos(Math.max(0, session().remainingNanos())) : Duration.ZERO;
  }

  @Override
  public long token() {
    long drawn = token;
    if (drawn != 0) {
      return drawn;
    }
    if (state.open()) {
      shell().on(new Event.DrawToken(this));
    }
    drawn = token;
    if (drawn == 0) {
      checkValid();
      return token();
    }
    return drawn;
  }

  /** Of two that were drawn at the same time the first counts. */
  @Override
  void tokenDrawn(long drawn) {
    TOKEN.compareAndSet(this, 0, drawn);
  }

  @Override
  public void extend(Duration longest) {
    Wanted.requireMaxHold(longest);
    checkValid();
    MaxHold most = maxHold;
    if (most != null && !most.extend(Nanos.of(longest))) {
      checkValid();
      // Its end is decided, and is about to be told.
      throw new LeaseLostException(name(), LossCause.MAX_HOLD);
    }
  }

  // ---- loss

  @Override
  public Lease onLost(Consumer<LossCause> listener) {
    LossCause cause = state.add(listener, null) ? null : state.cause();
    if (cause != null) {
      tell(listener, cause);
    }
    return this;
  }

  /** Final. The listeners are started. */
  @Override
  boolean lose(LossCause cause) {
    LeaseState.Open open = state.lose(cause);
    for (LeaseState.Open told = open; told != null; told = told.before()) {
      Consumer<LossCause> listener = told.listener();
      if (listener != null) {
        tell(listener, cause);
      }
    }
    return ended(open);
  }

  /** It has been closed or lost; whether this was the first time. */
  private boolean ended(LeaseState.@Nullable Open before) {
    if (before == null) {
      return false;
    }
    MaxHold most = maxHold;
    if (most != null) {
      most.cancel();
    }
    for (LeaseState.Open each = before; each != null; each = each.before()) {
      CompletableFuture<?> bound = each.bound();
      if (bound != null) {
        unbind(bound);
      }
    }
    return true;
  }

  @Override
  void reportLoss(LossCause cause) {
    log.warn("the lease of lock {} is lost: {}", name(), cause.explanation());
    TyerListeners.lost(shell().port().listener(), name(), cause);
  }

  private void tell(Consumer<LossCause> listener, LossCause cause) {
    shell()
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

  // ---- ending with something else

  @Override
  public Lease boundTo(CompletableFuture<?> end) {
    if (state.add(null, end)) {
      CompletableFuture<?> unused = end.whenComplete((done, failure) -> endedWith(failure));
    } else {
      unbind(end);
    }
    return this;
  }

  private void endedWith(@Nullable Throwable failure) {
    if (state.open()) {
      if (failure != null) {
        log.warn("what the lease of lock {} is bound to has failed", name(), failure);
      }
      shell().on(new Event.Expire(this, LossCause.MOVED_ON));
    }
  }

  /** Nobody need watch it any more; whoever hears of that does so on a thread of its own. */
  private void unbind(CompletableFuture<?> end) {
    shell().port().onCallbacks(() -> end.cancel(false));
  }

  // ---- downgrade

  @Override
  public void downgrade() {
    if (!downgradable) {
      throw new UnsupportedOperationException(
          "only an exclusive lease can be downgraded, and this one of " + name() + " is shared");
    }
    checkValid();
    StorePort port = shell().port();
    CompletableFuture<TicketState> done = weaken(Chain.here());
    TicketState state = Failures.ofDowngrade(name(), done, port);
    if (state instanceof TicketState.Gone) {
      checkValid();
      throw new LeaseLostException(name(), LossCause.REMOVED);
    }
  }

  /** Asks the store to make the ticket a shared one. */
  CompletableFuture<TicketState> weaken(Chain chain) {
    CompletableFuture<TicketState> done = new CompletableFuture<>();
    if (state.open()) {
      shell().on(new Event.Weaken(this, done), chain);
      chain.run();
    } else {
      // Closed or lost by another thread: the ticket may be somebody else's by now.
      done.complete(new TicketState.Gone());
    }
    return done;
  }

  // ---- closing

  @Override
  boolean plain() {
    return maxHoldNanos == 0 && state.open();
  }

  @Override
  @Nullable Thread thread() {
    return thread;
  }

  @Override
  public void close() {
    if (closeKept()) {
      return;
    }
    CompletableFuture<Void> left = release(Chain.here());
    StorePort port = shell().port();
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
    CompletableFuture<Void> left = release(Chain.withoutBlocking());
    if (left == null) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> told = new CompletableFuture<>();
    CompletableFuture<Void> unused =
        left.whenComplete((done, failure) -> shell().port().onCallbacks(() -> told.complete(null)));
    return told;
  }

  /** Not valid from here on; then the ticket is given back, if it is kept without more ado. */
  private boolean closeKept() {
    StorePort port = shell().port();
    if (ended(state.close()) && port.heard()) {
      TyerListeners.held(port.listener(), name(), port.now() - grantedNanos);
    }
    KeptSlot slot = shell().slot();
    return slot != null && slot.giveBack(this);
  }

  /** Completes when the store knows; null if it knows already or need not. */
  private @Nullable CompletableFuture<Void> release(Chain chain) {
    Returned made = new Returned();
    Returned back = RETURNED.compareAndSet(this, null, made) ? made : returned();
    shell().on(new Event.Release(this), chain);
    chain.run();
    return back.whenLeft();
  }

  @Override
  void givenBack() {
    Returned back = returned;
    if (back != null) {
      back.left();
    }
  }

  private Returned returned() {
    return Objects.requireNonNull(returned, "not given back");
  }

  @Override
  public String toString() {
    return "lease of " + name() + " (" + (isValid() ? "valid" : "not valid") + ")";
  }
}
