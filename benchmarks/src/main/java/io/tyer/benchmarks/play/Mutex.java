package io.tyer.benchmarks.play;

/** A lock as one thread uses it. */
public interface Mutex {

  /** Acquired, until it is released. */
  interface Held {

    void release() throws Exception;

    /** The same, without waiting for the answer; only of what {@link Client#begin} acquired. */
    default void releaseLater() {}

    /** Whether it is still held, as far as is known; what cannot be lost always is. */
    default boolean valid() {
      return true;
    }

    /** The fencing token, or 0 if there is none. */
    default long token() {
      return 0;
    }
  }

  /** Waits until it has the lock. */
  Held acquire() throws Exception;

  /** Acquires and releases, as a user would write it. */
  default void pair() throws Exception {
    acquire().release();
  }

  /** The same, without waiting for the answer to the release. */
  default void pairAsync() throws Exception {
    throw new UnsupportedOperationException();
  }
}
