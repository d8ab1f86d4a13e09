package io.tyer.store.file;

import io.tyer.spi.Finding;
import java.time.Duration;

/** The clock by which files are stamped, beside this machine's. */
final class ClockFinding {

  /** Some mounts cut stamps to whole seconds, or two of them. */
  private static final Duration CLOSE = Duration.ofSeconds(3);

  private ClockFinding() {}

  /**
   * Compares them.
   *
   * @param stamp the stamp of a file that was just made
   * @param wall the wall clock's milliseconds
   * @param local whether both should be the same clock
   */
  static Finding of(long stamp, long wall, boolean local) {
    Duration ahead = Duration.ofMillis(stamp - wall);
    if (ahead.abs().compareTo(CLOSE) < 0) {
      return Finding.ok("clock", "files are stamped by a clock that agrees with this machine's");
    }
    String text =
        String.format(
            "files are stamped by a clock that is %d s %s this machine's",
            ahead.abs().toSeconds(), ahead.isNegative() ? "behind" : "ahead of");
    return local
        ? Finding.warning("clock", text, "see what sets the clock here")
        : Finding.ok("clock", text + "; only its own stamps are compared, so that does no harm");
  }
}
