package io.tyer.servers.process;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits for what a server is about to do. */
public final class Until {

  private static final long PAUSE = Duration.ofMillis(20).toNanos();

  private Until() {}

  /** What is waited for. */
  public interface Condition {
    /** Whether it is so; what cannot be found out is not so yet. */
    boolean holds() throws IOException;
  }

  /**
   * Returns once the condition holds.
   *
   * @param what it says, for whoever waits in vain
   * @throws IOException if it does not hold for too long
   */
  public static void holds(String what, Duration limit, Condition condition) throws IOException {
    long start = System.nanoTime();
    IOException last = null;
    while (true) {
      try {
        if (condition.holds()) {
          return;
        }
        last = null;
      } catch (IOException e) {
        last = e;
      }
      if (System.nanoTime() - start > limit.toNanos()) {
        throw tooLong(what, limit, last);
      }
      LockSupport.parkNanos(PAUSE);
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("interrupted while waiting for: " + what);
      }
    }
  }

  private static IOException tooLong(String what, Duration limit, @Nullable IOException last) {
    String message = "not within " + limit.toSeconds() + " s: " + what;
    return new IOException(last == null ? message : message + ": " + last.getMessage(), last);
  }
}
