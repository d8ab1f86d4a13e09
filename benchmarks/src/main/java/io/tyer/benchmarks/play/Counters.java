package io.tyer.benchmarks.play;

import java.io.IOException;

/**
 * Numbers that several clients add to, as one client of them; shared by the threads of a process.
 */
public interface Counters extends AutoCloseable {

  /** A number, as one thread uses it. */
  interface Counter {

    /** What it is; made, with 0, if it is not there. */
    long make() throws Exception;

    /**
     * Reads it, computes, and writes one more; once this returns, that counts.
     *
     * @param computation done after each reading; what it throws comes out, and nothing is written
     * @throws io.tyer.fence.UpdateConflictException if it was given up, and nothing is written
     */
    void add(Runnable computation) throws Exception;
  }

  /** The number of this name. */
  Counter counter(String name) throws Exception;

  @Override
  void close() throws IOException;
}
