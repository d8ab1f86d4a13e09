package io.tyer.benchmarks.server;

import io.tyer.benchmarks.play.Address;
import java.io.IOException;

/** A server, or a directory, that is made for a command and ends with it. */
public interface OwnServer extends AutoCloseable {

  /** What stands behind the scheme in addresses of it. */
  String location();

  /** An address that wants one, with this one in it. */
  default Address locate(Address wanted) {
    return wanted.at(location());
  }

  /** Where it keeps its data, for people. */
  String keeps() throws IOException;

  /** Forgets all that was kept. */
  void clear() throws IOException;

  /** Ends it, and removes what it wrote. */
  @Override
  void close() throws IOException;
}
