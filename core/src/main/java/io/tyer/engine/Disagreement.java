package io.tyer.engine;

import io.tyer.line.LockName;
import io.tyer.line.Ticket;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log that clients name different numbers of permits for one semaphore; not more than
 * once a minute, since who tries again and again would find it out as often.
 */
final class Disagreement {

  private static final Logger log = LoggerFactory.getLogger(Disagreement.class);
  private static final long PAUSE_NANOS = 60_000_000_000L;

  private final StorePort port;
  private final AtomicLong mayWarnNanos;

  Disagreement(StorePort port) {
    this.port = port;
    this.mayWarnNanos = new AtomicLong(port.now());
  }

  void warn(LockName name, int own, Ticket other) {
    long now = port.now();
    long from = mayWarnNanos.get();
    if (now - from >= 0 && mayWarnNanos.compareAndSet(from, now + PAUSE_NANOS)) {
      log.warn(
          "this client uses lock {} as a semaphore of {} permits, and {} as one of {}: each ticket"
              + " is granted by its own number",
          name,
          own,
          other.owner(),
          other.capacity());
    }
  }
}
