package io.tyer.benchmarks.server;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Pauses;
import java.io.IOException;
import java.util.Optional;

/** The members of a group of servers, asked about it. */
public interface Group extends AutoCloseable {

  /** Of this address. */
  static Group at(Address place) throws IOException {
    return ServerKind.of(place).group(place);
  }

  /** Which of them leads, as {@code host:port}, once all are there and agree; else empty. */
  Optional<String> leader() throws IOException;

  /** What they are, in which version. */
  String version() throws IOException;

  @Override
  void close() throws IOException;

  /** Waits until all are there and agree who leads; who it is. */
  default String awaitLeader(long millis) throws IOException {
    long start = System.nanoTime();
    while (System.nanoTime() - start < millis * 1e6) {
      Optional<String> leader = leader();
      if (leader.isPresent()) {
        return leader.get();
      }
      Pauses.millis(50);
    }
    throw new IOException("not all members agreed on a leader within " + millis + " ms");
  }
}
