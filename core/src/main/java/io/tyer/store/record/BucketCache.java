package io.tyer.store.record;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The newest versions of buckets that this process has read or written, so that an unchanged one is
 * not decoded again and one that nobody else writes is not even read. Bounded; nothing depends on
 * it but speed.
 */
final class BucketCache {

  private static final int MOST_BUCKETS = 4096;
  private static final long MOST_BYTES = 32 << 20;

  /** After so many writes of ours in a row, a bucket is taken to be ours alone. */
  private static final int ALONE = 2;

  /**
   * @param streak how many versions in a row were written by this process, or passed on to it
   */
  private record Entry(Versioned<Bucket> version, int streak) {
    long bytes() {
      return version.stamped().content().length;
    }
  }

  private final ConcurrentHashMap<RecordKey, Entry> entries = new ConcurrentHashMap<>();
  private final AtomicLong bytes = new AtomicLong();

  /** What this version says, if it is known. */
  @Nullable Bucket find(RecordKey key, Stamped version) {
    Entry entry = entries.get(key);
    return entry != null && entry.version.stamped().same(version) ? entry.version.state() : null;
  }

  /** The newest version that is known. */
  @Nullable Stamped newest(RecordKey key) {
    Entry entry = entries.get(key);
    return entry == null ? null : entry.version.stamped();
  }

  /** A version that probably still is the newest one, since it seems to be our turn to write. */
  @Nullable Versioned<Bucket> guess(RecordKey key) {
    Entry entry = entries.get(key);
    return entry != null && entry.streak >= ALONE ? entry.version : null;
  }

  /** Remembers a version that somebody else has just passed on to us, unless a later is known. */
  void heard(RecordKey key, Versioned<Bucket> version) {
    Entry before = entries.get(key);
    if (before == null || before.version.stamped().version() < version.stamped().version()) {
      put(key, new Entry(version, ALONE));
    }
  }

  /** Remembers a version that somebody else has written. */
  void met(RecordKey key, Versioned<Bucket> version) {
    put(key, new Entry(version, 0));
  }

  /** Remembers a version that this process has written, unless it is remembered already. */
  void wrote(RecordKey key, Versioned<Bucket> version) {
    Entry before = entries.get(key);
    if (before != null && before.version.stamped().same(version.stamped())) {
      return;
    }
    put(key, new Entry(version, before == null ? 1 : Math.min(before.streak + 1, ALONE)));
  }

  private void put(RecordKey key, Entry entry) {
    Entry before = entries.put(key, entry);
    long total = bytes.addAndGet(entry.bytes() - (before == null ? 0 : before.bytes()));
    if (total > MOST_BYTES || entries.size() > MOST_BUCKETS) {
      entries.clear();
      bytes.set(0);
    }
  }
}
