package io.tyer.testkit.sample;

import io.tyer.store.record.RecordKey;
import io.tyer.store.record.Stamped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The records that the server keeps. Every change is in the log before anybody is told of it, by
 * its answer or by reading.
 */
final class SampleRecords {

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<RecordKey, Entry> newest;
  private final Consumer<Entry> log;
  private final LongSupplier clockMillis;
  private long version;

  /**
   * Begins with what the log has kept.
   *
   * @param log keeps a change before it counts
   * @param clockMillis the one clock by which ages are told
   */
  SampleRecords(List<Entry> kept, Consumer<Entry> log, LongSupplier clockMillis) {
    this.newest = newest(kept);
    this.version = kept.stream().mapToLong(entry -> entry.stamped().version()).max().orElse(0);
    this.log = log;
    this.clockMillis = clockMillis;
  }

  /** The records that these changes have left. */
  static Map<RecordKey, Entry> newest(List<Entry> changes) {
    Map<RecordKey, Entry> records = new HashMap<>();
    for (Entry change : changes) {
      if (change.removed()) {
        records.remove(change.key());
      } else {
        records.put(change.key(), change);
      }
    }
    return records;
  }

  @Nullable Stamped get(RecordKey key) {
    lock.lock();
    try {
      Entry entry = newest.get(key);
      return entry == null ? null : entry.stamped();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Compare-and-set. Versions count the changes of the whole store, so that a record which was
   * removed and made again has no version twice.
   *
   * @param expectedVersion 0 if there must be no such record
   * @return the new version, or 0 if the record has changed and nothing was done
   */
  long replace(
      RecordKey key, long expectedVersion, long expectedNonce, long nonce, byte[] content) {
    lock.lock();
    try {
      if (!isNewest(key, expectedVersion, expectedNonce)) {
        return 0;
      }
      Entry next =
          new Entry(key, false, new Stamped(version + 1, nonce, content), clockMillis.getAsLong());
      log.accept(next);
      newest.put(key, next);
      return ++version;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the record was still the expected one, and is gone now. */
  boolean remove(RecordKey key, long expectedVersion, long expectedNonce) {
    lock.lock();
    try {
      if (expectedVersion == 0 || !isNewest(key, expectedVersion, expectedNonce)) {
        return false;
      }
      Stamped last = new Stamped(++version, 0, new byte[0]);
      log.accept(new Entry(key, true, last, clockMillis.getAsLong()));
      newest.remove(key);
      return true;
    } finally {
      lock.unlock();
    }
  }

  List<String> list(RecordKey.Kind kind) {
    lock.lock();
    try {
      List<String> ids = new ArrayList<>();
      for (RecordKey key : newest.keySet()) {
        if (key.kind() == kind) {
          ids.add(key.id());
        }
      }
      return ids;
    } finally {
      lock.unlock();
    }
  }

  /** How long ago this version was written; null if it is not the newest. */
  @Nullable Long ageMillis(RecordKey key, long expectedVersion, long expectedNonce) {
    lock.lock();
    try {
      Entry entry = newest.get(key);
      return entry != null && isNewest(key, expectedVersion, expectedNonce)
          ? (Long) (clockMillis.getAsLong() - entry.writtenMillis())
          : null;
    } finally {
      lock.unlock();
    }
  }

  private boolean isNewest(RecordKey key, long expectedVersion, long expectedNonce) {
    Entry entry = newest.get(key);
    return entry == null
        ? expectedVersion == 0
        : entry.stamped().version() == expectedVersion && entry.stamped().nonce() == expectedNonce;
  }
}
