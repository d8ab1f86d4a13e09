package io.tyer.servers.group;

import io.tyer.servers.process.ServerProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.OptionalLong;

/** One member in a process of its own. It is printed as {@code HOST:PORT}. */
public interface Member {

  /** Its name in the group. */
  String id();

  /** Its process: killed, paused and started as any. */
  ServerProcess process();

  /** Where it listens for clients, also while it is down. */
  InetSocketAddress address();

  /** Whether it takes clients: it leads, or knows who does. */
  boolean serves() throws IOException;

  /**
   * A number that is the larger the later it began to lead; empty if it does not take itself for
   * the one that leads.
   */
  OptionalLong leadsSince() throws IOException;

  /** The number of the last change that it has made its own. */
  long applied() throws IOException;

  /** Kills it for good. */
  default void close() {
    process().close();
  }
}
