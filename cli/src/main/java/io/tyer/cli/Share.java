package io.tyer.cli;

import io.tyer.Acquirable;
import io.tyer.Tyer;
import io.tyer.command.Exit;
import io.tyer.command.Refusal;

/** How much of the lock a command takes. */
sealed interface Share {

  /** The lock of this name, to be acquired in this way. */
  Acquirable of(Tyer tyer, String name);

  /** Nobody beside it. */
  record All() implements Share {
    @Override
    public Acquirable of(Tyer tyer, String name) {
      return tyer.lock(name);
    }
  }

  /** Others that share may stand beside it. */
  record Reader() implements Share {
    @Override
    public Acquirable of(Tyer tyer, String name) {
      return tyer.readWriteLock(name).readLock();
    }
  }

  /**
   * So many of so many permits.
   *
   * @param count how many it takes
   * @param capacity how many there are in all
   */
  record Permits(int count, int capacity) implements Share {
    @Override
    public Acquirable of(Tyer tyer, String name) {
      return tyer.semaphore(name, capacity).taking(count);
    }

    /** Reads {@code N/M}. */
    static Permits parse(String text) {
      int slash = text.indexOf('/');
      try {
        int count = Integer.parseInt(text.substring(0, Math.max(0, slash)));
        int capacity = Integer.parseInt(text.substring(slash + 1));
        if (count >= 1 && count <= capacity) {
          return new Permits(count, capacity);
        }
      } catch (NumberFormatException e) {
        throw new Refusal(Exit.USAGE, wrong(text), e);
      }
      throw Refusal.usage(wrong(text));
    }

    private static String wrong(String text) {
      return "--permits is N/M, N permits of M with 1 <= N <= M, as in 1/3; not '" + text + "'";
    }
  }
}
