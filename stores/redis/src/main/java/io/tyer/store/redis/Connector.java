package io.tyer.store.redis;

import io.tyer.spi.Cancellable;
import io.tyer.spi.StoreException;
import io.tyer.spi.Surroundings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one connection: made when somebody needs it, made again at once when it breaks, and after a
 * failure not before a short pause has passed.
 *
 * @param <C> the connection
 */
final class Connector<C> {

  private static final long FIRST_PAUSE_NANOS = 20_000_000;
  private static final long LONGEST_PAUSE_NANOS = 1_000_000_000;
  private static final int PAUSES_IN_TIMEOUT = 8;

  /** How to make one, and to be rid of it. */
  interface Maker<C> {
    CompletionStage<C> connect();

    void discard(C connection);
  }

  private record Waiting<C>(Consumer<C> then, Consumer<StoreException> failed) {}

  private final Maker<C> maker;
  private final Function<Throwable, StoreException> explain;
  private final Surroundings surroundings;
  private final Duration timeout;
  private final long longestPause;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable C current;

  // Guarded by the lock.
  private final ArrayDeque<Waiting<C>> waiting = new ArrayDeque<>();
  private long attempt;
  private boolean connecting;
  private @Nullable Cancellable guard;
  private int failures;
  private long notBefore;
  private long pause = FIRST_PAUSE_NANOS;
  private boolean closed;

  Connector(
      Maker<C> maker,
      Function<Throwable, StoreException> explain,
      Surroundings surroundings,
      Duration timeout,
      Duration operationTimeout) {
    this.maker = maker;
    this.explain = explain;
    this.surroundings = surroundings;
    this.timeout = timeout;
    this.longestPause =
        Math.min(LONGEST_PAUSE_NANOS, operationTimeout.toNanos() / PAUSES_IN_TIMEOUT);
  }

  /** The connection, if there is one now. */
  @Nullable C current() {
    return current;
  }

  /** Calls one of both: at once, or when a connection was made or could not be made. */
  void use(Consumer<C> then, Consumer<StoreException> failed) {
    C ready;
    boolean refused = false;
    long number = 0;
    long pausing = 0;
    lock.lock();
    try {
      ready = current;
      refused = closed;
      if (ready == null && !closed) {
        waiting.add(new Waiting<>(then, failed));
        if (!connecting) {
          number = begin();
          pausing = failures == 0 ? 0 : notBefore - surroundings.nanoTime();
        }
      }
    } finally {
      lock.unlock();
    }
    if (ready != null) {
      then.accept(ready);
    } else if (refused) {
      failed.accept(new StoreException(StoreException.Kind.UNREACHABLE, "this store is closed"));
    } else if (number > 0) {
      connectAfter(pausing, number);
    }
  }

  private void connectAfter(long nanos, long number) {
    if (nanos <= 0) {
      connect(number);
    } else {
      Cancellable unused =
          surroundings.schedule(nanos, () -> surroundings.io().execute(() -> connect(number)));
    }
  }

  /** Under the lock. */
  private long begin() {
    connecting = true;
    return ++attempt;
  }

  private void connect(long number) {
    if (!wanted(number)) {
      return;
    }
    CompletionStage<C> made;
    try {
      made = maker.connect();
    } catch (RuntimeException e) {
      finished(number, null, e);
      return;
    }
    // From here on: loading the client library's classes is nobody's time-out.
    Cancellable limit =
        surroundings.schedule(
            timeout.toNanos(),
            () ->
                finished(
                    number,
                    null,
                    new TimeoutException("no answer within " + timeout.toMillis() + " ms")));
    lock.lock();
    try {
      if (connecting && attempt == number) {
        guard = limit;
      } else {
        limit.cancel();
        return;
      }
    } finally {
      lock.unlock();
    }
    CompletionStage<C> unused =
        made.whenComplete((connection, failure) -> finished(number, connection, failure));
  }

  private boolean wanted(long number) {
    lock.lock();
    try {
      return connecting && attempt == number;
    } finally {
      lock.unlock();
    }
  }

  private void finished(long number, @Nullable C connection, @Nullable Throwable failure) {
    List<Waiting<C>> told;
    StoreException explained = null;
    lock.lock();
    try {
      if (!connecting || attempt != number) {
        told = List.of();
      } else {
        connecting = false;
        if (guard != null) {
          guard.cancel();
          guard = null;
        }
        told = new ArrayList<>(waiting);
        waiting.clear();
        if (connection != null && !closed) {
          current = connection;
          failures = 0;
          pause = FIRST_PAUSE_NANOS;
        } else {
          explained =
              explain.apply(failure == null ? new IllegalStateException("closed") : failure);
          failures++;
          notBefore = surroundings.nanoTime() + pause;
          pause = Math.min(2 * pause, longestPause);
        }
      }
    } finally {
      lock.unlock();
    }
    C used = current;
    if (connection != null && used != connection) {
      maker.discard(connection);
    }
    for (Waiting<C> one : told) {
      if (explained != null) {
        one.failed().accept(explained);
      } else if (connection != null) {
        one.then().accept(connection);
      }
    }
  }

  /** A connection has broken; the next one is made at once. Whether it was the current one. */
  boolean lost(C connection) {
    long number = 0;
    lock.lock();
    try {
      if (current != connection) {
        return false;
      }
      current = null;
      if (closed || connecting) {
        return true;
      }
      number = begin();
    } finally {
      lock.unlock();
    }
    connect(number);
    return true;
  }

  void close() {
    C connection;
    List<Waiting<C>> told;
    lock.lock();
    try {
      closed = true;
      connecting = false;
      connection = current;
      current = null;
      told = new ArrayList<>(waiting);
      waiting.clear();
      if (guard != null) {
        guard.cancel();
        guard = null;
      }
    } finally {
      lock.unlock();
    }
    if (connection != null) {
      maker.discard(connection);
    }
    StoreException failure =
        new StoreException(StoreException.Kind.UNREACHABLE, "this store is closed");
    told.forEach(one -> one.failed().accept(failure));
  }
}
