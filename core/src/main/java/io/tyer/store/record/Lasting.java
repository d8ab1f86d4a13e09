package io.tyer.store.record;

import io.tyer.spi.StoreException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What is known to last of what was written loosely: all that was written before something else was
 * written for good, by a server that has not crashed between.
 */
final class Lasting {

  /**
   * Something written loosely.
   *
   * @param era in which it began
   * @param moment after it
   */
  record Mark(long era, long moment) {}

  /** Of what will never be known to last. */
  static final Mark NEVER = new Mark(-1, Long.MAX_VALUE);

  private final RecordMedium medium;
  private final AtomicLong moments = new AtomicLong();

  /** Whether anything was written loosely: else writing costs nothing more. */
  private volatile boolean used;

  /** The latest write for good: in which era it ended, and before which moment it began. */
  private final AtomicReference<Mark> written = new AtomicReference<>(new Mark(-1, -1));

  Lasting(RecordMedium medium) {
    this.medium = medium;
  }

  boolean needed() {
    return medium.writesLoosely();
  }

  /** Before something is written loosely. */
  long era() {
    used = true;
    return medium.era();
  }

  /** Before something is written for good: when it begins, 0 as long as nobody asks. */
  long begin() {
    return used ? moments.incrementAndGet() : 0;
  }

  /** What began then was written for good. */
  void wrote(long began) {
    if (began == 0) {
      return;
    }
    Mark now = new Mark(medium.era(), began);
    written.accumulateAndGet(
        now,
        (known, next) ->
            known.era() == next.era() && known.moment() > next.moment() ? known : next);
  }

  /**
   * Makes last what was written loosely until now.
   *
   * @param mark of what the caller has written
   * @return false if a crash may have undone it
   */
  boolean make(Mark mark) throws StoreException {
    long began = begin();
    medium.makeLast();
    wrote(began);
    return lasts(mark);
  }

  /** What was written loosely until now, and began in this era. */
  Mark since(long era) {
    return new Mark(era, moments.incrementAndGet());
  }

  boolean lasts(Mark mark) {
    Mark known = Objects.requireNonNull(written.get());
    return known.era() == mark.era() && known.moment() > mark.moment();
  }
}
