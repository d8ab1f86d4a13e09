package io.tyer.server.log.ratis;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of an engine, in a thread of its own. It is waited for, but not for ever: Ratis 3.3.0
 * takes the write lock of its log, and with it waits for a thread that may want that lock to drop
 * entries from memory.
 */
final class Ending {

  /** What there is to close. */
  @FunctionalInterface
  interface Closing {
    void close() throws IOException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(Ending.class);

  private final Closing closing;
  private final Duration limit;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

  /**
   * One that has not begun.
   *
   * @param limit for how long it is waited for
   */
  Ending(Closing closing, Duration limit) {
    this.closing = closing;
    this.limit = limit;
  }

  /** Begins it, and returns when it is over, or at the limit. */
  void await() {
    begin();
    ended
        .copy()
        .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(
            late -> {
              LOG.warn(
                  "The log has not closed within {} s. What most members keep stays kept; its"
                      + " directory stays in use until this process ends.",
                  limit.toSeconds());
              return null;
            })
        .join();
  }

  /** Begins it, unless somebody has. */
  void begin() {
    if (!begun.compareAndSet(false, true)) {
      return;
    }
    Thread thread = new Thread(this::close, "tyer-log-end");
    thread.setDaemon(true);
    try {
      thread.start();
    } catch (Error e) {
      // No more threads: nobody is to wait for this one.
      ended.complete(null);
      throw e;
    }
  }

  private void close() {
    try {
      closing.close();
    } catch (IOException | RuntimeException | Error e) {
      LOG.warn("The log was not closed properly; what most members keep stays kept", e);
    } finally {
      ended.complete(null);
    }
  }
}
