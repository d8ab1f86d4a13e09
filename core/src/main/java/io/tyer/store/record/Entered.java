package io.tyer.store.record;

import io.tyer.line.LockName;
import java.util.concurrent.atomic.AtomicLong;

/** A request that may have a ticket: in which line, and when it was last asked about. */
final class Entered {

  private final LockName name;
  private final AtomicLong askedNanos;

  Entered(LockName name, long nowNanos) {
    this.name = name;
    this.askedNanos = new AtomicLong(nowNanos);
  }

  LockName name() {
    return name;
  }

  /** It is asked about now. Answers how long ago it was before. */
  long asked(long nowNanos) {
    return nowNanos - askedNanos.getAndSet(nowNanos);
  }
}
