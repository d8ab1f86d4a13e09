package io.tyer.store.record;

import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.spi.Surroundings;
import java.time.Duration;

/** Runs requests on the thread that makes them, and replies on it, with no lock held. */
final class Requests {

  /** A request. */
  @FunctionalInterface
  interface Request<T> {
    T make(Deadline deadline) throws StoreException;
  }

  private final String store;
  private final Duration timeout;
  private final Surroundings surroundings;
  private volatile boolean closed;

  Requests(String store, Duration timeout, Surroundings surroundings) {
    this.store = store;
    this.timeout = timeout;
    this.surroundings = surroundings;
  }

  /** Until when a request that begins now may try. */
  Deadline deadline() {
    return Deadline.after(timeout, surroundings);
  }

  /** Runs a request that may try for the operation time-out. */
  <T> void run(Reply<T> reply, Request<T> request) {
    run(reply, timeout, request);
  }

  /** Runs a request that must have no effect any more after the given time either. */
  <T> void run(Reply<T> reply, Duration atMost, Request<T> request) {
    T value;
    try {
      if (closed) {
        throw wasClosed();
      }
      Duration time = atMost.compareTo(timeout) < 0 ? atMost : timeout;
      value = request.make(Deadline.after(time, surroundings));
    } catch (StoreException e) {
      reply.failed(e);
      return;
    } catch (RuntimeException e) {
      reply.failed(new StoreException(Kind.UNKNOWN, store + " failed inside: " + e, e));
      return;
    }
    reply.done(value);
  }

  /** What is answered after that. */
  StoreException wasClosed() {
    return new StoreException(Kind.UNREACHABLE, store + " was closed in this process");
  }

  void close() {
    closed = true;
  }

  boolean closed() {
    return closed;
  }
}
