package io.tyer.fence;

import io.tyer.Retry;
import io.tyer.StoreUnreachableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * A thread that waits for a version to be over, until that is so or nobody wants to know it.
 *
 * <p>It is interrupted only while it waits, never while it reads: an interrupt closes what some
 * drivers read by, as of H2 in this process, and with it what others use.
 */
final class MovedOnWatch {

  /** Whether the version still stands; throws as {@link Versioned} says of reading. */
  interface Look {
    boolean stands() throws InterruptedException;
  }

  /** Waits before the next try. */
  interface Pause {
    void after(Retry retry, int tries) throws InterruptedException;
  }

  private enum State {
    LOOKING,
    WAITING,
    /** Told, or not wanted any more. */
    OVER
  }

  /** In which time it is looked again at what could not be reached. */
  private static final Retry UNREACHED =
      new Retry(Integer.MAX_VALUE, Duration.ofMillis(50), Duration.ofSeconds(1), 0.5);

  private final Supplier<Changes> changes;
  private final Look look;
  private final Pause pause;
  private final CompletableFuture<Void> told = new CompletableFuture<>();
  private final AtomicReference<State> state = new AtomicReference<>(State.LOOKING);

  private MovedOnWatch(Supplier<Changes> changes, Look look, Pause pause) {
    this.changes = changes;
    this.look = look;
    this.pause = pause;
  }

  /** Completes when it does not stand any more; a cancel ends the thread. */
  static CompletableFuture<Void> start(
      String resource, Supplier<Changes> changes, Look look, Pause pause) {
    MovedOnWatch watch = new MovedOnWatch(changes, look, pause);
    Thread thread = new Thread(null, watch::run, "tyer-version-" + resource, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(null); // The application's may end before.
    CompletableFuture<Void> unused =
        watch.told.whenComplete(
            (done, failure) -> {
              if (watch.state.getAndSet(State.OVER) == State.WAITING) {
                thread.interrupt();
              }
            });
    thread.start();
    return watch.told;
  }

  private void run() {
    try (Changes hints = changes.get()) {
      int unreached = 0;
      while (state.get() == State.LOOKING) {
        try {
          if (!look.stands()) {
            told.complete(null);
          }
          unreached = 0;
        } catch (StoreUnreachableException e) {
          unreached++;
        }
        await(hints, unreached);
      }
    } catch (InterruptedException | RuntimeException | Error e) {
      told.completeExceptionally(e); // No news if it was cancelled.
    }
  }

  private void await(Changes hints, int unreached) throws InterruptedException {
    if (state.compareAndSet(State.LOOKING, State.WAITING)) {
      if (unreached == 0) {
        hints.await(AbstractVersioned.LONGEST);
      } else {
        pause.after(UNREACHED, unreached);
      }
      state.compareAndSet(State.WAITING, State.LOOKING);
    }
  }
}
