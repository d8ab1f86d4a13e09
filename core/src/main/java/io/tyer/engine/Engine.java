package io.tyer.engine;

import io.tyer.Lease;
import io.tyer.OutcomeUnknownException;
import io.tyer.StoreUnreachableException;
import io.tyer.TyerException;
import io.tyer.TyerListener;
import io.tyer.spi.Bearers;
import io.tyer.spi.LineStore;
import io.tyer.spi.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client, as its user sees it: its locks, what an operator asks for, its beginning and end. */
public final class Engine {

  private static final Logger log = LoggerFactory.getLogger(Engine.class);

  /** How many low bits of a fencing token count the leases under one ticket. */
  public static final int TOKEN_BITS = Rules.TOKEN_BITS;

  /** For how many operation time-outs other shards are tried when one gives no session. */
  private static final int CONNECT_TIMEOUTS = 3;

  private final Client client;
  private final StorePort port;
  private final AtomicBoolean released = new AtomicBoolean();
  private final Runnable onClosed;
  private final Locks locks;
  private final Operator operator;

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
    TyerListener heard = listener == null ? TyerListeners.NONE : listener;
    this.port = new StorePort(store, surroundings, settings, heard);
    if (settings.bias() && !store.traits().tells()) {
      log.warn(
          "{} cannot tell this client when another one wants a lock: the option bias is without"
              + " effect",
          store.description());
    }
    this.client = new Client(port, settings);
    this.onClosed = onClosed;
    this.locks = new Locks(client);
    this.operator = new Operator(client);
  }

  /** The locks users are given. */
  public Locks locks() {
    return locks;
  }

  /** Listing and force. */
  public Operator operator() {
    return operator;
  }

  /** The store's address without secrets. */
  public String description() {
    return client.description();
  }

  /**
   * Opens a session and waits for it: in the store's one shard, or in any that lets it. Shards are
   * taken at random until one opens it, refuses, or time is over.
   *
   * @throws TyerException by the kind of the last one's failure, if it cannot be opened
   */
  public void connect() {
    List<SessionShell> untried = new ArrayList<>(client.shards().sessions());
    long end = client.now() + CONNECT_TIMEOUTS * port.operationTimeoutNanos();
    while (true) {
      SessionShell next = untried.remove(random(untried.size()));
      try {
        client.await("opening a session in " + description(), next.open());
        return;
      } catch (StoreUnreachableException | OutcomeUnknownException e) {
        if (untried.isEmpty() || client.now() - end >= 0) {
          throw e;
        }
      }
    }
  }

  private int random(int bound) {
    return (int) Math.floorMod(port.surroundings().nextLong(), (long) bound);
  }

  /** Names the processes that bear the sessions; returns when the store knows. */
  public void bearers(List<Long> pids) {
    client.requireOpen();
    client.await(
        "naming the processes that bear the session", client.shards().bearers(new Bearers(pids)));
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
    return client.closeAsync();
  }

  /** For tests in this package. */
  Client client() {
    return client;
  }

  /**
   * For the simulator, which cannot block: {@link Lease#downgrade()} of a valid exclusive lease of
   * this client.
   */
  public CompletableFuture<?> downgradeAsync(Lease lease) {
    return ((HeldLease) lease).weaken(Chain.withoutBlocking());
  }

  /** For tests and the simulator: whether nothing is held, waited for or being settled. */
  public boolean idle() {
    return client.shards().idle();
  }
}
