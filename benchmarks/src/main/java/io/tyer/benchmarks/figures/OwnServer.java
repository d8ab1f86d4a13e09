package io.tyer.benchmarks.figures;

import java.io.IOException;

/** A server that is started for a command and ends with it. */
interface OwnServer extends AutoCloseable {

  /** What stands behind the scheme in addresses of it. */
  String location();

  /** Forgets all that was kept. */
  void clear() throws IOException;

  /** Ends it, and removes what it wrote. */
  @Override
  void close() throws IOException;
}
