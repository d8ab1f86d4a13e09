package io.tyer.benchmarks.peers;

import io.tyer.Lease;
import java.io.IOException;

/** Where numbers are kept that are changed under a lock: nothing but the lock protects them. */
interface Numbers extends AutoCloseable {

  /** What it is; made, with 0, if it is not there. */
  long make(String name) throws Exception;

  /** Reads it, computes, and writes one more, while the lease is held. */
  void add(String name, Lease lease, Runnable computation) throws Exception;

  @Override
  void close() throws IOException;
}
