package io.tyer.store.record;

import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The records of a test, in memory: what all its media read and write. */
final class Shelf {

  /** A version and when it was written. */
  record Kept(Stamped stamped, long atNanos) {}

  final World world;
  final int buckets;

  /** By how much the store's clock was set forward. */
  volatile long clockSetNanos;

  /** The medium's own high-water mark; negative if it keeps none, and removes no lines. */
  final AtomicLong mark = new AtomicLong(-1);

  final ConcurrentHashMap<RecordKey, Kept> records = new ConcurrentHashMap<>();
  final ConcurrentHashMap<SessionId, Consumer<@Nullable Hint>> inboxes = new ConcurrentHashMap<>();
  private final AtomicLong nonces = new AtomicLong();

  /** What a crash undoes, the latest last: what was there before. */
  private final List<Map.Entry<RecordKey, Optional<Kept>>> loose = new ArrayList<>();

  private int crashes;

  Shelf(World world, int buckets) {
    this.world = world;
    this.buckets = buckets;
  }

  /** The store's one clock. */
  long nanos() {
    return world.nanos() + clockSetNanos;
  }

  RecordKey home(LockName name) {
    return new RecordKey(
        RecordKey.Kind.LINES, "b" + Math.floorMod(name.text().hashCode(), buckets));
  }

  @Nullable Stamped read(RecordKey key) {
    Kept kept = records.get(key);
    return kept == null ? null : kept.stamped;
  }

  @Nullable Stamped replace(RecordKey key, @Nullable Stamped expected, byte[] content) {
    Stamped[] written = {null};
    records.compute(
        key,
        (k, kept) -> {
          boolean asExpected =
              kept == null ? expected == null : expected != null && kept.stamped.same(expected);
          if (!asExpected) {
            return kept;
          }
          long version = kept == null ? 1 : kept.stamped.version() + 1;
          written[0] = new Stamped(version, nonces.incrementAndGet(), content.clone());
          return new Kept(written[0], nanos());
        });
    return written[0];
  }

  /** Something was written for good, and all before it with it. */
  synchronized void keepAll() {
    loose.clear();
  }

  /** Writes what a crash undoes. */
  synchronized @Nullable Stamped replaceLoosely(RecordKey key, Stamped expected, byte[] content) {
    Optional<Kept> before = Optional.ofNullable(records.get(key));
    Stamped written = replace(key, expected, content);
    if (written != null) {
      loose.add(Map.entry(key, before));
    }
    return written;
  }

  /** The server crashes, and is there again. */
  synchronized void crash() {
    for (int i = loose.size() - 1; i >= 0; i--) {
      Map.Entry<RecordKey, Optional<Kept>> undone = loose.get(i);
      undone.getValue().ifPresent(before -> records.put(undone.getKey(), before));
    }
    loose.clear();
    crashes++;
  }

  synchronized int crashes() {
    return crashes;
  }

  boolean remove(RecordKey key, Stamped expected) {
    boolean[] removed = {false};
    records.computeIfPresent(
        key,
        (k, kept) -> {
          removed[0] = kept.stamped.same(expected);
          return removed[0] ? null : kept;
        });
    return removed[0];
  }

  /** Removes the lines without tickets, once the mark is not below their floors. */
  void sweepLines() {
    for (RecordKey key : keys(RecordKey.Kind.LINES)) {
      Stamped found = read(key);
      if (found != null) {
        LinesRecord lines = LinesRecord.of(found.content());
        if (lines.lines().isEmpty()) {
          mark.accumulateAndGet(lines.floor(), Math::max);
          remove(key, found);
        }
      }
    }
  }

  /** What an operator's {@code rm} does. */
  void removeByHand(RecordKey key) {
    records.remove(key);
  }

  /** What somebody who is none of us writes. */
  void writeByHand(RecordKey key, byte[] content) {
    records.compute(
        key,
        (k, kept) ->
            new Kept(
                new Stamped(
                    kept == null ? 1 : kept.stamped.version() + 1,
                    nonces.incrementAndGet(),
                    content),
                nanos()));
  }

  List<RecordKey> keys(RecordKey.Kind kind) {
    List<RecordKey> keys = new ArrayList<>();
    for (RecordKey key : records.keySet()) {
      if (key.kind() == kind) {
        keys.add(key);
      }
    }
    return keys;
  }

  /** The line of this name as it is on the shelf. */
  Line line(LockName name) throws MalformedRecordException {
    return lines().getOrDefault(name, Line.empty(0));
  }

  /** Whether this ticket is in the line as it is on the shelf, and not granted. */
  boolean isWaiting(LockName name, long number) {
    try {
      return line(name).check(number) instanceof Line.Standing.Waiting;
    } catch (MalformedRecordException e) {
      throw new AssertionError("unreadable: " + name, e);
    }
  }

  /** All lines that are not empty. */
  Map<LockName, Line> lines() throws MalformedRecordException {
    Map<LockName, Line> lines = new TreeMap<>();
    for (RecordKey key : keys(RecordKey.Kind.LINES)) {
      Stamped stamped = read(key);
      if (stamped != null) {
        for (StoredLine stored : BucketCodec.decode(stamped.content()).lines()) {
          lines.put(stored.name(), stored.line());
        }
      }
    }
    return lines;
  }
}
