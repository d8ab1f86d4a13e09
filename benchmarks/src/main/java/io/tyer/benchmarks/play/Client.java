package io.tyer.benchmarks.play;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** One client of a subject; shared by the threads of a process. */
public interface Client extends AutoCloseable {

  /** The lock of this name, for one thread. */
  Mutex mutex(String name) throws Exception;

  /** How many stand in lines of names with this prefix, without those who hold a lock. */
  default int waiting(String prefix) throws Exception {
    throw new UnsupportedOperationException();
  }

  /** Whether the lock is kept though nobody uses it. */
  default boolean kept(String name) throws Exception {
    throw new UnsupportedOperationException();
  }

  /** How many requests it has made of its store, until now. */
  default long storeCalls() {
    throw new UnsupportedOperationException();
  }

  /** How many of them were beats. */
  default long beats() {
    throw new UnsupportedOperationException();
  }

  /** After how long at most everything that is held has been kept once more. */
  default long keptEveryMillis() {
    return 5_000;
  }

  /** Acquires the lock of this name, without a thread that waits. */
  default CompletableFuture<? extends Mutex.Held> begin(String name) {
    throw new UnsupportedOperationException();
  }

  /** Stands in line until closed, without a thread. */
  default AutoCloseable standInLine(String name) throws Exception {
    throw new UnsupportedOperationException();
  }

  @Override
  void close() throws IOException;
}
