package io.tyer.engine;

import io.tyer.Lease;
import io.tyer.LockView;
import io.tyer.Operator;
import io.tyer.TyerClosedException;
import io.tyer.TyerException;
import io.tyer.TyerListener;
import io.tyer.line.LockName;
import io.tyer.spi.Bearers;
import io.tyer.spi.LineStore;
import io.tyer.spi.StoreException;
import io.tyer.spi.Surroundings;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client: its sessions, a queue for each name it does something about, and the way to the
 * store.
 */
public final class Engine {

  private static final Logger log = LoggerFactory.getLogger(Engine.class);

  /** How many low bits of a fencing token count the leases under one ticket. */
  public static final int TOKEN_BITS = 12;

  static final int TOKENS_PER_TICKET = 1 << TOKEN_BITS;
  static final long UNPROVED_PAUSE_NANOS = 20_000_000;
  private static final long LONGEST_RETRY_NANOS = 5_000_000_000L;

  private final StorePort port;
  private final EngineSettings settings;
  private final Shards shards;
  private final ConcurrentHashMap<LockName, NameQueue> queues = new ConcurrentHashMap<>();
  private final BiasPolicy biasPolicy;
  private final CheckPace checkPace;
  private final Disagreement disagreement;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final AtomicBoolean released = new AtomicBoolean();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Set<CompletableFuture<?>> endedByClosing = ConcurrentHashMap.newKeySet();
  private final Runnable onClosed;
  private final Locks locks;
  private final EngineOperator operator;
  private volatile boolean closed;

  /**
   * A client of a store. Makes no request yet.
   *
   * @param settings its margin is the whole one, including the store's
   * @param listener null for none
   * @param onClosed what is released when this client has been closed
   */
  public Engine(
      LineStore store,
      Surroundings surroundings,
      EngineSettings settings,
      @Nullable TyerListener listener,
      Runnable onClosed) {
    this.settings = settings;
    this.port =
        new StorePort(
            store, surroundings, settings, listener == null ? TyerListeners.NONE : listener);
    if (settings.bias() && !store.traits().tells()) {
      log.warn(
          "{} cannot tell this client when another one wants a lock: the option bias is without"
              + " effect",
          store.description());
    }
    this.biasPolicy = new BiasPolicy(now());
    this.checkPace = new CheckPace(() -> store.traits().tells());
    this.disagreement = new Disagreement(this);
    this.shards = new Shards(this);
    this.onClosed = onClosed;
    this.locks = new Locks(this);
    this.operator = new EngineOperator(this);
  }

  /** The locks users are given. */
  public Locks locks() {
    return locks;
  }

  /** Listing and force. */
  public Operator operator() {
    return operator;
  }

  /** One lock as its users see it. */
  LockView view(LockName name) {
    return operator.view(name);
  }

  /** The store's address without secrets. */
  public String description() {
    return port.description();
  }

  /**
   * Opens a session and waits for it: in the store's one shard, or in any that lets it.
   *
   * @throws TyerException by the kind of the store's failure, if it cannot be opened
   */
  public void connect() {
    shards.connect();
  }

  /** Names the processes that bear the sessions; returns when the store knows. */
  public void bearers(List<Long> pids) {
    requireOpen();
    await("naming the processes that bear the session", shards.bearers(new Bearers(pids)));
  }

  /** Waits for the outcome of a request, not interruptibly, for little more than its time-out. */
  <T> T await(String what, CompletableFuture<T> outcome) {
    try {
      return Futures.uninterruptibly(
          outcome, 2 * port.operationTimeoutNanos(), port.surroundings());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException failure) {
        throw Failures.toUser(what + " failed", failure);
      }
      if (e.getCause() instanceof TyerClosedException) {
        throw closedFailure();
      }
      throw new IllegalStateException(what + " failed", e);
    } catch (TimeoutException e) {
      throw Failures.toUser(what, Failures.unanswered(what, description(), e));
    }
  }

  /** As {@link io.tyer.Tyer#close()}. */
  public void close() {
    // Enters that nobody has answered come first, and may take all of one; then the sessions end.
    Futures.completes(closeAsync(), 2 * port.operationTimeoutNanos(), port.surroundings());
    if (!released.getAndSet(true)) {
      onClosed.run();
    }
  }

  /**
   * Closes without waiting; completes, perhaps exceptionally, when the sessions have been ended.
   * The same future at each call.
   */
  public CompletableFuture<Void> closeAsync() {
    if (closing.compareAndSet(false, true)) {
      closed = true;
      for (CompletableFuture<?> open : endedByClosing) {
        port.onCallbacks(() -> open.completeExceptionally(closedFailure()));
      }
      Effects effects = Effects.here();
      effects.add(() -> eachQueue(queue -> queue.clientClosed(effects)));
      effects.add(() -> shards.close(ended, effects));
      effects.run();
    }
    return ended;
  }

  // ---- for the engine's other parts

  StorePort port() {
    return port;
  }

  EngineSettings settings() {
    return settings;
  }

  /** Who keeps the session that this name's tickets are taken with. */
  SessionKeeper sessions(LockName name) {
    return shards.keeper(name);
  }

  BiasPolicy biasPolicy() {
    return biasPolicy;
  }

  CheckPace checkPace() {
    return checkPace;
  }

  Disagreement disagreement() {
    return disagreement;
  }

  /** How long to wait at most before a request is repeated. */
  long longestRetryNanos() {
    return Math.min(LONGEST_RETRY_NANOS, settings.beat().toNanos());
  }

  long now() {
    return port.surroundings().nanoTime();
  }

  boolean closed() {
    return closed;
  }

  TyerClosedException closedFailure() {
    return new TyerClosedException("this client of " + description() + " is closed", null);
  }

  /** Fails it when this client is closed, unless it is done by then. */
  @SuppressWarnings("CollectionUndefinedEquality") // identity is meant
  void failWhenClosed(CompletableFuture<?> open) {
    endedByClosing.add(open);
    LeaseFuture.whenDone(open, () -> endedByClosing.remove(open));
    if (closed) {
      open.completeExceptionally(closedFailure());
    }
  }

  void requireOpen() {
    if (closed) {
      throw closedFailure();
    }
  }

  /** A local caller wants a lease; its {@link Waiter#end} is told how that ends. */
  void acquire(LockName name, Waiter waiter, Effects effects) {
    while (!queueFor(name).acquire(waiter, effects)) {
      Thread.onSpinWait();
    }
  }

  /** A lease under a ticket that is kept; null if it must be {@linkplain #acquire acquired}. */
  @Nullable HeldLease takeKept(Wanted wanted, @Nullable Thread thread) {
    if (!wanted.mode().exclusive() || wanted.maxHoldNanos() != 0) {
      return null;
    }
    NameQueue queue = queues.get(wanted.name());
    HeldLease lease = queue == null ? null : queue.slot().take(queue, thread);
    if (lease != null) {
      TyerListeners.waited(port.listener(), lease.name(), TyerListener.WaitEnd.GRANTED, 0);
    }
    return lease;
  }

  /** A local caller stops waiting; false if its outcome has been decided before. */
  boolean withdraw(LockName name, Waiter waiter, Lane.Withdrawal why, Effects effects) {
    NameQueue queue = queues.get(name);
    return queue != null && queue.withdraw(waiter, why, effects);
  }

  NameQueue queueFor(LockName name) {
    NameQueue queue = queues.get(name);
    if (queue == null) {
      NameQueue made = new NameQueue(name, this);
      NameQueue before = queues.putIfAbsent(name, made);
      queue = before == null ? made : before;
    }
    return queue;
  }

  @Nullable NameQueue knownQueue(LockName name) {
    return queues.get(name);
  }

  void retire(NameQueue queue) {
    queues.remove(queue.name(), queue);
  }

  void eachQueue(Consumer<NameQueue> action) {
    queues.values().forEach(action);
  }

  boolean anyQueue(Predicate<NameQueue> predicate) {
    return queues.values().stream().anyMatch(predicate);
  }

  /**
   * For the simulator, which cannot block: {@link Lease#downgrade()} of a valid exclusive lease of
   * this client.
   */
  public CompletableFuture<?> downgradeAsync(Lease lease) {
    return ((HeldLease) lease).weaken(Effects.withoutBlocking());
  }

  /** For tests and the simulator: whether nothing is held, waited for or being settled. */
  public boolean idle() {
    return queues.isEmpty();
  }
}
