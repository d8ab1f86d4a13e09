package io.tyer.store.file;

import io.tyer.line.SessionId;
import io.tyer.spi.StoreException;
import io.tyer.store.record.RecordKey;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Removes what clients left that died. Only what is old by the directory's own clock: what others
 * are about to use is never touched, except a draft that was not used for long, and its client
 * makes another.
 */
final class Sweep {

  /** How many buckets each sweep looks into for stray versions. */
  private static final int BUCKETS_AT_ONCE = 32;

  private final StoreDirectory store;
  private final VersionReader reader;
  private final Pruning pruning;
  private final long graceMillis;
  private final AtomicInteger nextBucket = new AtomicInteger();

  Sweep(StoreDirectory store, VersionReader reader, Pruning pruning, Duration grace) {
    this.store = store;
    this.reader = reader;
    this.pruning = pruning;
    this.graceMillis = grace.toMillis();
  }

  /** Sweeps temporary files, the inboxes of sessions that no longer live, and stray versions. */
  void run(List<SessionId> living) throws StoreException {
    long now;
    try {
      now = store.clock().millis();
    } catch (IOException e) {
      throw store.trouble().noEffect("see the time of", store.folder("tmp"), e);
    }
    sweepTemp(now);
    for (File file : children(store.root())) {
      if (StoreOpening.isMarkerDraft(file.getName()) && isOld(file, now)) {
        discard(file);
      }
    }
    sweepInboxes(living, now);
    sweepVersions(now);
  }

  /**
   * A client that lives writes now and then: what it keeps for use again is old, and not left over.
   */
  private void sweepTemp(long now) {
    File[] files = children(store.folder("tmp"));
    Set<String> active = new HashSet<>();
    for (File file : files) {
      if (!isOld(file, now)) {
        active.add(clientOf(file));
      }
    }
    for (File file : files) {
      if (!store.isOwnTemp(file) && isOld(file, now) && !active.contains(clientOf(file))) {
        discard(file);
      }
    }
  }

  private static String clientOf(File temp) {
    String name = temp.getName();
    int end = name.indexOf('-');
    return end < 0 ? name : name.substring(0, end);
  }

  private void sweepInboxes(List<SessionId> living, long now) {
    Set<String> names = new HashSet<>();
    living.forEach(session -> names.add(session.toString()));
    for (File inbox : children(store.folder("inbox"))) {
      // One that is young may belong to a session that the list is too old to know.
      if (!names.contains(inbox.getName()) && isOld(inbox, now)) {
        discard(inbox);
      }
    }
  }

  /**
   * Removes versions that did not count and whose writers died before they could remove them, and
   * old ones whose removal failed. A few buckets each time; they mislead nobody meanwhile.
   */
  private void sweepVersions(long now) {
    int buckets = Math.min(BUCKETS_AT_ONCE, store.buckets());
    int first = nextBucket.getAndAdd(buckets);
    for (int i = 0; i < buckets; i++) {
      int bucket = Math.floorMod(first + i, store.buckets());
      sweepVersions(now, new RecordKey(RecordKey.Kind.LINES, Integer.toString(bucket)));
    }
    for (String id : names(store.folder(RecordKey.Kind.SHARED))) {
      if (RecordDirectory.isId(id)) {
        sweepVersions(now, new RecordKey(RecordKey.Kind.SHARED, id));
      }
    }
  }

  private void sweepVersions(long now, RecordKey key) {
    RecordDirectory record = store.record(key);
    for (String name : names(record.directory())) {
      File file = new File(record.directory(), name);
      if (name.endsWith(VersionReader.PROBE) && isOld(file, now)) {
        discard(file);
      }
    }
    long[] numbers = record.list();
    if (numbers == null || numbers.length <= Pruning.KEPT) {
      return;
    }
    try {
      Version newest = reader.newest(record);
      for (long number : numbers) {
        boolean stray = newest != null && number <= newest.number() - Pruning.KEPT;
        if (!stray || !pruning.remove(record.file(number))) {
          return;
        }
      }
    } catch (StoreException e) {
      // Whoever uses the record is told.
    }
  }

  private boolean isOld(File file, long now) {
    long changed = file.lastModified();
    return changed != 0 && DirectoryClock.between(changed, now).toMillis() > graceMillis;
  }

  /** Takes a name away at once, so that nobody finds a directory half removed. */
  private void discard(File file) {
    File trash = store.drafts().newName(".gone");
    if (file.renameTo(trash)) {
      Trees.delete(trash);
    }
  }

  private static File[] children(File folder) {
    File[] files = folder.listFiles();
    return files == null ? new File[0] : files;
  }

  private static String[] names(File folder) {
    String[] names = folder.list();
    return names == null ? new String[0] : names;
  }
}
