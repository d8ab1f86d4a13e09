package io.tyer.store.file;

import io.tyer.line.SessionId;
import io.tyer.spi.StoreException;
import io.tyer.store.record.RecordKey;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what clients left that died. Only what is old by the directory's own clock: what others
 * are about to use is never touched, except a draft that was not used for long, and its client
 * makes another.
 */
final class Sweep {

  private static final Logger log = LoggerFactory.getLogger(Sweep.class);

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
    store.refuseLinks();
    long now;
    try {
      now = store.clock().millis();
    } catch (IOException e) {
      throw store.trouble().noEffect("see the time of", store.folder("tmp"), e);
    }
    try (Folder root = Folder.open(store.root().toPath());
        Folder tmp = root.open("tmp")) {
      sweepTemp(tmp, now);
      for (String name : root.names()) {
        if (Remains.isTrial(name) && isOld(root, name, now)) {
          discard(root, name, tmp);
        }
      }
      try (Folder inbox = root.open("inbox")) {
        sweepInboxes(inbox, tmp, living, now);
      }
    } catch (IOException e) {
      // Another sweep will find it; who needs what is missing is told.
      log.debug("a sweep of {} has ended early", store.root(), e);
    }
    sweepVersions(now);
  }

  /**
   * A client that lives writes now and then: what it keeps for use again is old, and not left over.
   * What a person has moved here is a record, by its name.
   */
  private void sweepTemp(Folder tmp, long now) throws IOException {
    List<String> old = new ArrayList<>();
    Set<String> active = new HashSet<>();
    for (String name : tmp.names()) {
      if (!isOld(tmp, name, now)) {
        active.add(clientOf(name));
      } else if (!store.isOwnTemp(name)
          && (Remains.isTemporary(name) || RecordDirectory.isId(name))) {
        old.add(name);
      }
    }
    for (String name : old) {
      if (!active.contains(clientOf(name))) {
        discard(tmp, name, tmp);
      }
    }
  }

  private static String clientOf(String temp) {
    int end = temp.indexOf('-');
    return end < 0 ? temp : temp.substring(0, end);
  }

  private void sweepInboxes(Folder inbox, Folder tmp, List<SessionId> living, long now)
      throws IOException {
    Set<String> names = new HashSet<>();
    living.forEach(session -> names.add(session.toString()));
    for (String name : inbox.names()) {
      // One that is young may belong to a session that the list is too old to know.
      if (!names.contains(name) && RecordDirectory.isId(name) && isOld(inbox, name, now)) {
        discard(inbox, name, tmp);
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
    try (Folder folder = store.open(record)) {
      for (String name : folder.names()) {
        if (name.endsWith(VersionReader.PROBE)
            && Remains.isTemporary(name)
            && isOld(folder, name, now)) {
          folder.delete(name);
        }
      }
    } catch (IOException e) {
      // Mostly since there is no such record.
      return;
    }
    long[] numbers = record.list();
    if (numbers == null || numbers.length <= Pruning.KEPT) {
      return;
    }
    try {
      Version newest = reader.newest(record);
      for (long number : numbers) {
        boolean stray = newest != null && number <= newest.number() - Pruning.KEPT;
        if (!stray || !pruning.remove(record, number)) {
          return;
        }
      }
    } catch (StoreException e) {
      // Whoever uses the record is told.
    }
  }

  private boolean isOld(Folder folder, String name, long now) {
    try {
      long changed = folder.attributes(name).lastModifiedTime().toMillis();
      return changed != 0 && DirectoryClock.between(changed, now).toMillis() > graceMillis;
    } catch (IOException e) {
      return false;
    }
  }

  /** Takes a name away at once, so that nobody finds a directory half removed. */
  private void discard(Folder folder, String name, Folder tmp) {
    String trash = store.drafts().newName(".gone").getName();
    try {
      folder.move(name, tmp, trash);
      Remains.remove(tmp, trash);
    } catch (IOException e) {
      log.debug("cannot sweep {} of {}", name, store.root(), e);
    }
  }

  private static String[] names(File folder) {
    String[] names = folder.list();
    return names == null ? new String[0] : names;
  }
}
