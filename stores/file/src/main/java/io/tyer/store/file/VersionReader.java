package io.tyer.store.file;

import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.spi.Surroundings;
import io.tyer.store.file.Steps.Step;
import io.tyer.store.record.Stamped;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Finds the newest version of a record. Why it is the newest is argued in {@link VersionChain}. */
final class VersionReader {

  /** How often a record is looked at anew that changes while it is looked at. */
  private static final int ATTEMPTS = 100;

  /** How often a file is found damaged before it is believed: it may be one that is reused. */
  private static final int STRIKES = 4;

  /** Ends the names of files that are made only to change a directory. */
  static final String PROBE = ".probe";

  private static final int SPINNING_ATTEMPTS = 3;
  private static final long SHORTEST_PAUSE_NANOS = 20_000;
  private static final int MOST_DOUBLINGS = 6;

  /** How long a network mount may go on telling what it remembers. */
  private static final long REMEMBERED_NANOS = 1_000_000_000;

  private final StoreDirectory store;
  private final VersionCache cache;
  private final Surroundings surroundings;
  private final Steps steps;

  VersionReader(StoreDirectory store, VersionCache cache, Surroundings surroundings, Steps steps) {
    this.store = store;
    this.cache = cache;
    this.surroundings = surroundings;
    this.steps = steps;
  }

  /**
   * The newest version, be it the record's last one; null if there is no such record.
   *
   * @throws StoreException REFUSED if a file is damaged, UNREACHABLE if it cannot be told
   */
  @Nullable Version newest(RecordDirectory record) throws StoreException {
    Version known = cache.get(record.key());
    if (known == null || store.isShared()) {
      store.refuseLinks(record);
    }
    DamagedFileException damage = null;
    int strikes = 0;
    long stuckAt = 0;
    int stuck = 0;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        if (attempt > 0) {
          forgetCaches(record);
        }
        Version found = attempt == 0 && known != null ? after(record, known) : null;
        if (found == null) {
          long highest = highest(record);
          if (highest == 0) {
            cache.remove(record.key());
            return null;
          }
          stuck = highest == stuckAt ? stuck + 1 : 1;
          stuckAt = highest;
          found = highest < 0 ? null : from(record, highest);
        }
        if (found != null) {
          if (found != known) {
            found.setSeenNanos(surroundings.nanoTime());
            cache.put(record.key(), found);
          }
          return found;
        }
      } catch (DamagedFileException e) {
        strikes = damage != null && damage.file().equals(e.file()) ? strikes + 1 : 1;
        damage = e;
        if (strikes == STRIKES) {
          throw store.trouble().noEffect("read", e.file(), e);
        }
      } catch (IOException e) {
        throw store.trouble().noEffect("read", record.directory(), e);
      }
      pause(attempt);
    }
    if (stuck > ATTEMPTS / 2) {
      throw store.trouble().spoilt(record.directory(), whyStuck(stuckAt));
    }
    throw new StoreException(
        Kind.UNREACHABLE,
        "the newest version in " + record + " cannot be told: it changes too fast; try again");
  }

  private static String whyStuck(long highest) {
    return highest < 0
        ? "there is no version in it, but something else"
        : "version "
            + RecordDirectory.fileName(highest)
            + " is there without the one before it; somebody has put or removed files by hand";
  }

  /** The version that was read or written as this one, if it still is there. */
  @Nullable Version reread(RecordDirectory record, Stamped expected) throws IOException {
    Version known = cache.get(record.key());
    if (known != null && known.stamped().same(expected)) {
      return known;
    }
    Version read = record.read(expected.version());
    return read != null && read.stamped().same(expected) ? read : null;
  }

  /** The newest version, given one that counts: this one mostly. Null if it is not found so. */
  private @Nullable Version after(RecordDirectory record, Version known) throws IOException {
    if (!store.isLocal() && surroundings.nanoTime() - known.seenNanos() > REMEMBERED_NANOS) {
      forgetCaches(record);
      known.setSeenNanos(surroundings.nanoTime());
    }
    if (record.seems(known.number() + 1)) {
      return from(record, known.number() + 1);
    }
    return record.holds(known.number(), known.nonce()) ? known : null;
  }

  /** The newest version, given a number that was there a moment ago. Null if it is not found so. */
  private @Nullable Version from(RecordDirectory record, long start) throws IOException {
    long number = start;
    while (record.seems(number + 1)) {
      number++;
    }
    Version version = record.read(number);
    steps.at(Step.READ, record.file(number));
    boolean counts =
        version != null && (number == 1 || record.holds(number - 1, version.previous()));
    return counts ? version : null;
  }

  /**
   * The highest number in the directory: 0 if there is no such record, -1 if none was seen although
   * there is one.
   */
  private long highest(RecordDirectory record) throws IOException, StoreException {
    long[] numbers = record.list();
    if (numbers != null && numbers.length > 0) {
      return numbers[numbers.length - 1];
    }
    // Not empty although nothing was seen: the listing has missed versions that came and went
    // meanwhile. That this can be told is what makes an absent record certain.
    boolean absent = numbers == null ? record.isAbsent() : store.removeEmpty(record);
    if (!absent) {
      return -1;
    }
    store.requireStillThere(record.key().kind());
    return 0;
  }

  /**
   * Network mounts remember for a while which files there are and which not, until the directory is
   * changed through them.
   */
  private void forgetCaches(RecordDirectory record) {
    if (!store.isLocal()) {
      File probe = new File(record.directory(), store.drafts().newName(PROBE).getName());
      try {
        if (probe.createNewFile()) {
          Files.delete(probe.toPath());
        }
      } catch (IOException e) {
        // The record is gone, or must not be changed; what is found then has to do.
      }
    }
  }

  /** Gives those who change the record time to get on. */
  private void pause(int attempt) {
    if (attempt < SPINNING_ATTEMPTS) {
      Thread.onSpinWait();
    } else {
      long longest = SHORTEST_PAUSE_NANOS << Math.min(MOST_DOUBLINGS, attempt - SPINNING_ATTEMPTS);
      // With the flag set, parking would return at once.
      boolean interrupted = Thread.interrupted();
      LockSupport.parkNanos(Math.floorMod(surroundings.nextLong(), longest));
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
