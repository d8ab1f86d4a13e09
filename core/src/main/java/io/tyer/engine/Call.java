package io.tyer.engine;

import io.tyer.spi.Cancellable;
import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import io.tyer.spi.Surroundings;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request to the store: bounded by the operation time-out, reported to the listener, and its
 * outcome applied as an event. An answer that comes after the time-out is still applied: it settles
 * what was unknown.
 */
final class Call<T> implements Reply<T> {

  /** What is done with the outcome; may be called once more, with a late answer. */
  interface Outcome<T> {
    void answered(T value, Effects effects);

    void failed(StoreException failure, Effects effects);
  }

  private enum Stage {
    SENT,
    TIMED_OUT,
    FINISHED
  }

  private final String operation;
  private final StorePort port;
  private final Effects sender;
  private final Outcome<T> outcome;
  private final long sentNanos;
  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.SENT);
  private volatile @Nullable Cancellable timeout;

  private Call(StorePort port, String operation, Effects sender, Outcome<T> outcome) {
    this.port = port;
    this.operation = operation;
    this.sender = sender;
    this.outcome = outcome;
    this.sentNanos = port.heard() ? port.surroundings().nanoTime() : 0;
  }

  /**
   * Sends a request from within the sender's effects; elsewhere if it might block a thread that
   * must not be.
   */
  static <T> void send(
      StorePort port,
      String operation,
      Effects sender,
      Outcome<T> outcome,
      Consumer<Reply<T>> request) {
    whereItMayBlock(
        port,
        sender,
        here -> {
          Call<T> call = new Call<>(port, operation, here, outcome);
          make(port, List.of(call), () -> request.accept(call));
        });
  }

  /** A part of a request: what is reported of it, and its outcome. */
  record Part<T>(String operation, Outcome<T> outcome) {}

  /** The same for a request of two parts, of which each is answered by itself. */
  static <A, B> void sendBoth(
      StorePort port,
      Effects sender,
      Part<A> first,
      Part<B> second,
      BiConsumer<Reply<A>, Reply<B>> request) {
    whereItMayBlock(
        port,
        sender,
        here -> {
          Call<A> one = new Call<>(port, first.operation, here, first.outcome);
          Call<B> other = new Call<>(port, second.operation, here, second.outcome);
          make(port, List.of(one, other), () -> request.accept(one, other));
        });
  }

  private static void whereItMayBlock(StorePort port, Effects sender, Consumer<Effects> sending) {
    if (!port.blocking() || sender.mayBlock()) {
      sending.accept(sender);
      return;
    }
    port.surroundings()
        .io()
        .execute(
            () -> {
              Effects effects = Effects.here();
              effects.add(() -> sending.accept(effects));
              effects.run();
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
      Effects effects = Effects.withoutBlocking();
      outcome.failed(failure, effects);
      effects.run();
    }
  }

  @Override
  public void done(T value) {
    Stage before = stage.getAndSet(Stage.FINISHED);
    if (before == Stage.SENT) {
      disarm();
      report(true);
    }
    apply(effects -> outcome.answered(value, effects));
  }

  @Override
  public void failed(StoreException failure) {
    if (stage.compareAndSet(Stage.SENT, Stage.FINISHED)) {
      disarm();
      report(false);
      apply(effects -> outcome.failed(failure, effects));
    } else if (failure.kind() == StoreException.Kind.SESSION_DEAD
        && stage.compareAndSet(Stage.TIMED_OUT, Stage.FINISHED)) {
      apply(effects -> outcome.failed(failure, effects));
    }
  }

  private void apply(Consumer<Effects> event) {
    if (sender.runningHere()) {
      event.accept(sender);
    } else {
      Effects effects = Effects.here();
      event.accept(effects);
      effects.run();
    }
  }

  private void report(boolean succeeded) {
    if (port.heard()) {
      long took = port.surroundings().nanoTime() - sentNanos;
      TyerListeners.storeCall(port.listener(), operation, took, succeeded);
    }
  }
}
