package io.tyer.engine;

import io.tyer.TyerClosedException;
import io.tyer.TyerListener;
import io.tyer.line.LockName;
import io.tyer.spi.Bearers;
import io.tyer.spi.StoreException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One client, as its locks see it: where leases are acquired, until it is closed. */
final class Client {

  private final StorePort port;
  private final EngineSettings settings;
  private final Shards shards;
  private final BiasPolicy biasPolicy;
  private final CheckPace checkPace;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Set<CompletableFuture<?>> endedByClosing = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Client(StorePort port, EngineSettings settings) {
    this.port = port;
    this.settings = settings;
    this.biasPolicy = new BiasPolicy(port.now());
    this.checkPace = new CheckPace(() -> port.store().traits().tells());
    Disagreement disagreement = new Disagreement(port);
    this.shards =
        new Shards(
            port.store(),
            shard -> new Names(port, settings, shard, biasPolicy, checkPace, disagreement));
  }

  StorePort port() {
    return port;
  }

  EngineSettings settings() {
    return settings;
  }

  Shards shards() {
    return shards;
  }

  BiasPolicy biasPolicy() {
    return biasPolicy;
  }

  CheckPace checkPace() {
    return checkPace;
  }

  String description() {
    return port.description();
  }

  long now() {
    return port.now();
  }

  /** Names the processes that bear the sessions; returns when the store knows. */
  void bearers(Bearers bearers) {
    requireOpen();
    await("naming the processes that bear the session", shards.bearers(bearers));
  }

  // ---- leases

  /** A local caller wants a lease; its {@link Waiter#end} is told how that ends. */
  void acquire(LockName name, Waiter waiter, HeldLease lease, Chain chain) {
    Names names = shards.names(name);
    Event.Acquire event = new Event.Acquire(waiter);
    NameShell shell;
    do {
      shell = names.shell(name);
      lease.isOf(shell);
    } while (!shell.acquire(event, chain));
  }

  /** A lease under a ticket that is kept; null if it must be {@linkplain #acquire acquired}. */
  @Nullable HeldLease takeKept(Wanted wanted, @Nullable Thread thread) {
    if (!wanted.mode().exclusive() || wanted.maxHoldNanos() != 0) {
      return null;
    }
    NameShell shell = shards.names(wanted.name()).known(wanted.name());
    KeptSlot slot = shell == null ? null : shell.slot();
    KeptTicket free = slot == null ? null : slot.free();
    if (shell == null || slot == null || free == null) {
      return null;
    }
    LiveSession session = (LiveSession) free.ticket.session();
    if (!session.proved()) {
      return null;
    }
    HeldLease lease = HeldLease.pastTheLock(shell, session, thread);
    if (!slot.take(free, lease)) {
      return null;
    }
    TyerListeners.waited(port.listener(), lease.name(), TyerListener.WaitEnd.GRANTED, 0);
    return lease;
  }

  // ---- closing

  boolean closed() {
    return closed;
  }

  TyerClosedException closedFailure() {
    return Failures.closed(description());
  }

  void requireOpen() {
    if (closed) {
      throw closedFailure();
    }
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

  /** As {@link Engine#closeAsync()}. */
  CompletableFuture<Void> closeAsync() {
    if (closing.compareAndSet(false, true)) {
      closed = true;
      for (CompletableFuture<?> open : endedByClosing) {
        port.onCallbacks(() -> open.completeExceptionally(closedFailure()));
      }
      Chain chain = Chain.here();
      chain.add(() -> shards.close(ended, chain));
      chain.run();
    }
    return ended;
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
}
