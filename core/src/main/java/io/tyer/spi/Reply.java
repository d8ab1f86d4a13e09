package io.tyer.spi;

/**
 * Receives the outcome of one request to a store: {@link #done} or {@link #failed}.
 *
 * <p>A store calls exactly one of them, once, on any thread, possibly before the request's method
 * has returned, and never while it holds a lock that another request needs. The engine gives up
 * waiting after its operation time-out; a reply that comes later is still taken notice of.
 *
 * @param <T> what a successful request answers
 */
public interface Reply<T> {

  /** The store has done, and keeps, what was asked. */
  void done(T value);

  /** The store has not answered as asked; {@link StoreException#kind()} says what is known. */
  void failed(StoreException failure);
}
