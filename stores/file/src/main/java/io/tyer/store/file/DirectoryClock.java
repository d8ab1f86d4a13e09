package io.tyer.store.file;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The one clock that all users of a directory share: that of the file system, which stamps files.
 * What time it is, a file made just now tells.
 */
final class DirectoryClock {

  private static final int TRIES = 3;
  private static final long SECOND = 1000;

  /** How far a stamp may be behind, where the kernel takes the time from its last tick. */
  private static final long TICK = 10;

  private final String prefix;
  private final AtomicLong count = new AtomicLong();

  /** Makes its files with this prefix, a path. */
  DirectoryClock(String prefix) {
    this.prefix = prefix;
  }

  /** The milliseconds since 1970 as the file system stamps them. */
  long millis() throws IOException {
    for (int i = 0; i < TRIES; i++) {
      File probe = new File(prefix + count.incrementAndGet() + ".probe");
      if (!probe.createNewFile()) {
        throw new IOException("a file of this name is there already: " + probe);
      }
      long now = probe.lastModified();
      if (!probe.delete() && probe.exists()) {
        throw new IOException("cannot remove " + probe);
      }
      if (now != 0) {
        return now;
      }
      // Swept by somebody, since this process was held up for long: another one.
    }
    throw new IOException("a new file has no time of modification");
  }

  /**
   * The time between two stamps, rather too short than too long, since nobody's TTL may be judged
   * to have passed early. Some mounts (sftp) cut stamps to whole seconds. Negative if the clock was
   * set back in between.
   */
  static Duration between(long earlier, long later) {
    if (later < earlier) {
      return Duration.ofMillis(later - earlier);
    }
    boolean coarse = earlier % SECOND == 0 && later % SECOND == 0;
    return Duration.ofMillis(Math.max(0, later - earlier - (coarse ? SECOND : TICK)));
  }
}
