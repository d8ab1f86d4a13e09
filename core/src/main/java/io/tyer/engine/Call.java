package io.tyer.engine;

import io.tyer.spi.Cancellable;
import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import io.tyer.spi.Surroundings;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request to the store: bounded by the operation time-out, reported to the listener, and its
 * outcome applied as an event. An answer that comes after the time-out is still applied: it settles
 * what was unknown.
 */
abstract class Call<T> implements Reply<T> {

  private enum Stage {
    SENT,
    TIMED_OUT,
    FINISHED
  }

  private final String operation;
  private final StorePort port;
  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.SENT);
  private final long sentNanos;
  private Chain sender;
  private volatile @Nullable Cancellable timeout;

  /** A request that is to be sent from within the sender's effects. */
  Call(StorePort port, String operation, Chain sender) {
    this.port = port;
    this.operation = operation;
    this.sender = sender;
    this.sentNanos = port.heard() ? port.surroundings().nanoTime() : 0;
  }

  /** The outcome; may come once more, with a late answer. */
  abstract void answered(T value, Chain chain);

  abstract void failedWith(StoreException failure, Chain chain);

  /** Sends it; from elsewhere if it might block a thread that must not be. */
  void send(Runnable request) {
    sendAll(List.of(this), request);
  }

  /** The same for a request of several parts, of which each is answered by itself. */
  static void sendAll(List<Call<?>> parts, Runnable request) {
    StorePort port = parts.get(0).port;
    if (!port.blocking() || parts.get(0).sender.mayBlock()) {
      make(port, parts, request);
      return;
    }
    port.surroundings()
        .io()
        .execute(
            () -> {
              Chain chain = Chain.here();
              parts.forEach(part -> part.sender = chain);
              chain.add(() -> make(port, parts, request));
              chain.run();
            });
  }

  private static void make(StorePort port, List<Call<?>> calls, Runnable request) {
    if (port.blocking()) {
      // It may hang in the request itself.
      calls.forEach(Call::armTimeout);
    }
    try {
      request.run();
    } catch (RuntimeException | Error e) {
      for (Call<?> call : calls) {
        call.failed(
            new StoreException(
                StoreException.Kind.UNKNOWN,
                "the store " + port.description() + " failed (" + call.operation + "): " + e,
                e));
      }
    }
    if (!port.blocking()) {
      for (Call<?> call : calls) {
        if (call.stage.get() == Stage.SENT) {
          call.armTimeout();
        }
      }
    }
  }

  private void armTimeout() {
    Surroundings surroundings = port.surroundings();
    timeout = surroundings.schedule(port.operationTimeoutNanos(), this::timeOut);
    if (stage.get() != Stage.SENT) {
      disarm();
    }
  }

  private void disarm() {
    Cancellable armed = timeout;
    if (armed != null) {
      armed.cancel();
      timeout = null;
    }
  }

  private void timeOut() {
    if (stage.compareAndSet(Stage.SENT, Stage.TIMED_OUT)) {
      report(false);
      StoreException failure = Failures.unanswered(operation, port.description(), null);
      Chain chain = Chain.withoutBlocking();
      failedWith(failure, chain);
      chain.run();
    }
  }

  @Override
  public final void done(T value) {
    Stage before = stage.getAndSet(Stage.FINISHED);
    if (before == Stage.SENT) {
      disarm();
      report(true);
    }
    apply(chain -> answered(value, chain));
  }

  @Override
  public final void failed(StoreException failure) {
    if (stage.compareAndSet(Stage.SENT, Stage.FINISHED)) {
      disarm();
      report(false);
      apply(chain -> failedWith(failure, chain));
    } else if (failure.kind() == StoreException.Kind.SESSION_DEAD
        && stage.compareAndSet(Stage.TIMED_OUT, Stage.FINISHED)) {
      apply(chain -> failedWith(failure, chain));
    }
  }

  private void apply(Consumer<Chain> event) {
    if (sender.runningHere()) {
      event.accept(sender);
    } else {
      Chain chain = Chain.here();
      event.accept(chain);
      chain.run();
    }
  }

  private void report(boolean succeeded) {
    if (port.heard()) {
      long took = port.surroundings().nanoTime() - sentNanos;
      TyerListeners.storeCall(port.listener(), operation, took, succeeded);
    }
  }
}
