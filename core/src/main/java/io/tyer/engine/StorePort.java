package io.tyer.engine;

import io.tyer.TyerListener;
import io.tyer.spi.Cancellable;
import io.tyer.spi.LineStore;
import io.tyer.spi.Surroundings;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way to the store: what every request needs, and where its thread comes from. */
final class StorePort {

  private static final Logger log = LoggerFactory.getLogger(StorePort.class);

  private final LineStore store;
  private final Surroundings surroundings;
  private final TyerListener listener;
  private final long operationTimeoutNanos;
  private final boolean blocking;

  StorePort(
      LineStore store, Surroundings surroundings, EngineSettings settings, TyerListener listener) {
    this.store = store;
    this.surroundings = surroundings;
    this.listener = listener;
    this.operationTimeoutNanos = settings.operationTimeout().toNanos();
    this.blocking = store.traits().blocking();
  }

  LineStore store() {
    return store;
  }

  long now() {
    return surroundings.nanoTime();
  }

  String description() {
    return store.description();
  }

  Surroundings surroundings() {
    return surroundings;
  }

  TyerListener listener() {
    return listener;
  }

  /** Whether anybody listens: else the clock need not be read for it. */
  boolean heard() {
    return listener != TyerListeners.NONE;
  }

  long operationTimeoutNanos() {
    return operationTimeoutNanos;
  }

  /** Whether a request may block the thread that makes it. */
  boolean blocking() {
    return blocking;
  }

  /** After a delay, applies an event on the timer; requests it leads to are made elsewhere. */
  Cancellable later(long delayNanos, Consumer<Chain> event) {
    return surroundings.schedule(
        delayNanos,
        () -> {
          Chain chain = Chain.withoutBlocking();
          event.accept(chain);
          chain.run();
        });
  }

  /** Runs users' code, on a thread of its own if their executor refuses it. */
  void onCallbacks(Runnable task) {
    try {
      surroundings.callbacks().execute(task);
    } catch (RejectedExecutionException e) {
      log.warn("the callback executor refuses work; using a thread of its own", e);
      surroundings.startThread("callback", task);
    }
  }

  /** A delay shortened at random by up to a quarter, so that clients do not move in step. */
  long jittered(long nanos) {
    double random = (surroundings.nextLong() >>> 11) * 0x1.0p-53;
    return (long) (nanos * (1 - random / 4));
  }
}
