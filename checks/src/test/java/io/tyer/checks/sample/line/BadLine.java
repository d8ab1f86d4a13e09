package io.tyer.checks.sample.line;

import io.tyer.checks.sample.spi.BadSpi;

/** Not allowed: the line knows nobody, and no clock or thread. */
public class BadLine {
  public boolean refers(Object other) {
    return other instanceof BadSpi;
  }

  public long time() {
    return System.nanoTime() + Thread.currentThread().hashCode();
  }
}
