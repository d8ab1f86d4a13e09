package io.tyer.store.record;

import io.tyer.line.Ticket;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.spi.Surroundings;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The high-water mark of the store: every number ever given to a ticket is at most this mark, so
 * that a bucket that was removed by hand can begin again above everything it had given out (S2).
 *
 * <p>The mark only ever rises. What this process remembers of it may be too low, never too high:
 * then it is read once more than needed.
 *
 * <p>If the mark itself was removed by hand, it begins again at the clock. Numbers rise more slowly
 * than the clock's microseconds, but for what the mark runs ahead: a thousand for each bucket when
 * it is first used. Existing buckets keep their own floors.
 *
 * <p>A medium that {@linkplain RecordMedium#keepsHighWater keeps such a mark} itself is asked for
 * it, and no record is kept.
 */
final class Numbers {

  private static final RecordKey KEY = new RecordKey(RecordKey.Kind.SHARED, "numbers");

  /** By how much the mark is raised beyond the number that needs it. */
  private static final long STEP = 1_000;

  private static final long EPOCH_MILLIS = 1_735_689_600_000L; // 2025-01-01T00:00:00Z
  private static final long LARGEST_CLOCK_MICROS = 1L << 50;

  private final RecordMedium medium;
  private final Records records;
  private final Surroundings surroundings;
  private final AtomicLong remembered = new AtomicLong();

  Numbers(RecordMedium medium, Records records, Surroundings surroundings) {
    this.medium = medium;
    this.records = records;
    this.surroundings = surroundings;
  }

  /** The mark as it is in the store now, not as it is remembered; made if there is none. */
  long highWater(Deadline deadline) throws StoreException {
    return medium.keepsHighWater() ? medium.highWater() : raise(0, deadline);
  }

  /** Returns once the mark is at least this number. */
  void cover(long number, Deadline deadline) throws StoreException {
    if (!medium.keepsHighWater() && number > remembered.get()) {
      raise(number, deadline);
    }
  }

  private long raise(long number, Deadline deadline) throws StoreException {
    try {
      long mark =
          records.<Long, Long>update(KEY, FORM, null, at -> next(at, number), deadline).answer();
      remembered.accumulateAndGet(mark, Math::max);
      return mark;
    } catch (StoreException e) {
      if (e.kind() == Kind.UNKNOWN) {
        // A mark raised in vain does no harm: the request itself has had no effect.
        throw new StoreException(Kind.UNREACHABLE, String.valueOf(e.getMessage()), e);
      }
      throw e;
    }
  }

  private Change.Next<Long, Long> next(@Nullable Versioned<Long> found, long number) {
    if (found != null && found.state() >= number) {
      return Change.Next.keep(found.state());
    }
    long mark = number == 0 ? 0 : Math.min(number + STEP, Ticket.MAX_NUMBER);
    if (found == null) {
      mark = Math.max(mark, Math.max(clockMicros(), remembered.get()));
    }
    return Change.Next.write(mark, mark);
  }

  private long clockMicros() {
    long millis = Math.max(0, surroundings.wallMillis() - EPOCH_MILLIS);
    return Math.min(millis, LARGEST_CLOCK_MICROS / 1000) * 1000;
  }

  static final Form<Long> FORM =
      new Form<>() {
        private static final int LENGTH = RecordHead.LENGTH + Long.BYTES;

        @Override
        public Long decode(RecordKey key, Stamped version) throws MalformedRecordException {
          ByteBuffer in = RecordHead.NUMBERS.check(version.content());
          if (version.content().length != LENGTH) {
            throw MalformedRecordException.malformed(
                "it has " + version.content().length + " bytes, not " + LENGTH);
          }
          long mark = in.getLong();
          if (mark < 0 || mark > Ticket.MAX_NUMBER) {
            throw MalformedRecordException.malformed("the mark " + mark);
          }
          return mark;
        }

        @Override
        public byte[] encode(Long mark) {
          ByteBuffer out = ByteBuffer.allocate(LENGTH);
          RecordHead.NUMBERS.put(out);
          return out.putLong(mark).array();
        }
      };
}
