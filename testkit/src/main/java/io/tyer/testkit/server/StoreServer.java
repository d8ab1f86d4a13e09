package io.tyer.testkit.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A store that a test has started. What only some kinds have is empty, or refused, for the others:
 * a test that needs it asks first and says why it is skipped.
 */
public interface StoreServer extends AutoCloseable {

  /** The address by which clients reach it straight. */
  String address();

  /** Where it listens; empty if it is not reached over TCP. */
  default Optional<InetSocketAddress> endpoint() {
    return Optional.empty();
  }

  /**
   * The address of the same store reached at another host and port, such as a proxy's.
   *
   * @throws UnsupportedOperationException if there is no {@link #endpoint()}
   */
  default String addressAt(String host, int port) {
    throw new UnsupportedOperationException(address() + " is not reached over TCP");
  }

  /** Whether it is a process of its own, which can be killed and stopped. */
  default boolean hasProcess() {
    return false;
  }

  /** The process's id; empty if there is none, or it was killed. */
  default OptionalLong pid() {
    return OptionalLong.empty();
  }

  /**
   * Kills the process as SIGKILL does, and returns when it is gone. Without effect if it is.
   *
   * @throws UnsupportedOperationException unless it {@link #hasProcess()}
   */
  default void kill() {
    throw new UnsupportedOperationException(address() + " has no process");
  }

  /**
   * Starts the process again at the same address with the same data, and returns when clients can
   * connect. Without effect if it runs.
   *
   * @throws IOException if it does not start
   * @throws UnsupportedOperationException unless it {@link #hasProcess()}
   */
  default void start() throws IOException {
    throw new UnsupportedOperationException(address() + " has no process");
  }

  /** A process that was stopped. */
  @FunctionalInterface
  interface Stopped {
    /**
     * Lets it go on.
     *
     * @throws IOException if it is gone
     */
    void resume() throws IOException;
  }

  /**
   * Stops the process as SIGSTOP does, with all that it has started, until it is resumed or killed.
   *
   * @return what lets the same process go on, also where another one has taken its place
   * @throws IOException if there is no process now
   * @throws UnsupportedOperationException unless it {@link #hasProcess()}
   */
  default Stopped pause() throws IOException {
    if (!hasProcess()) {
      throw new UnsupportedOperationException(address() + " has no process");
    }
    long pid = pid().orElseThrow(() -> new IOException("the server has no process now"));
    ProcessSignal.STOP.send(pid);
    return () -> ProcessSignal.CONT.send(pid);
  }

  /** Its members, if it is kept by several and each can be told apart; else empty. */
  default Optional<ServerGroup> group() {
    return Optional.empty();
  }

  /** The directory that the store is, where clients themselves write to the disk. */
  default Optional<Path> directory() {
    return Optional.empty();
  }

  /**
   * What is in the store at this moment, read by other means than the code under test: from the
   * server's own state, not through a client of Tyer.
   *
   * @throws IOException if it cannot be read, such as when the process was killed
   */
  Contents look() throws IOException;

  /** Ends it for good. Never throws; what it kept is left to whoever made the directory. */
  @Override
  void close();
}
