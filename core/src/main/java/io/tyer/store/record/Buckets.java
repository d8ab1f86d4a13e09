package io.tyer.store.record;

import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads and changes the records of kind LINES.
 *
 * <p>A bucket that does not exist may have existed and been removed by hand, so its floor is the
 * store's high-water mark. It is made in two steps: first the undrawn bucket, then, with the mark
 * read <em>after</em> that, the first change by compare-and-set on it. Whatever number was given
 * out before the first step is covered by the mark that is read after it, and between the two steps
 * nobody else can give out one without making the second step fail: however often the record is
 * removed and by whomever it is made, the numbers of its names grow (S2).
 */
final class Buckets implements Form<Bucket> {

  private static final Logger LOG = LoggerFactory.getLogger(Buckets.class);

  /** Beyond this a bucket takes no more tickets. */
  private static final int MOST_BYTES = 16 << 20;

  /**
   * What became of a change.
   *
   * @param wakes tickets that were granted by it: to be told, with no lock held
   */
  record Result<R>(R answer, List<Wake> wakes) {}

  private final RecordMedium medium;
  private final Records records;
  private final Numbers numbers;
  private final Waking waking;
  private final BucketCache cache = new BucketCache();

  Buckets(RecordMedium medium, Records records, Numbers numbers, Waking waking) {
    this.medium = medium;
    this.records = records;
    this.numbers = numbers;
    this.waking = waking;
  }

  /** The line of this name as it is now. */
  Line line(LockName name) throws StoreException {
    RecordKey key = medium.home(name);
    Bucket bucket = read(key);
    try {
      return bucket.line(name);
    } catch (MalformedRecordException e) {
      throw e.refused(key, medium.description());
    }
  }

  /** The lines of these names as they are now, each by itself. */
  Map<LockName, Reading<Line>> lines(Collection<LockName> names) throws StoreException {
    Map<LockName, RecordKey> homes = new HashMap<>();
    names.forEach(name -> homes.put(name, medium.home(name)));
    Map<RecordKey, Reading<Versioned<Bucket>>> read =
        records.readEach(new HashSet<>(homes.values()), this, cache::newest);
    Map<LockName, Reading<Line>> lines = new HashMap<>();
    homes.forEach(
        (name, home) ->
            lines.put(name, line(name, home, read.getOrDefault(home, Reading.of(null)))));
    return lines;
  }

  private Reading<Line> line(LockName name, RecordKey home, Reading<Versioned<Bucket>> read) {
    try {
      return Reading.of(bucket(read.orThrow()).line(name));
    } catch (StoreException e) {
      return Reading.failed(e);
    } catch (MalformedRecordException e) {
      return Reading.failed(e.refused(home, medium.description()));
    }
  }

  /** The bucket as it is now. */
  Bucket read(RecordKey key) throws StoreException {
    return bucket(records.read(key, this));
  }

  private static Bucket bucket(@Nullable Versioned<Bucket> found) {
    return found == null || !found.state().drawn() ? Bucket.empty(0) : found.state();
  }

  /** The bucket as this version, just read, says it. */
  Bucket read(RecordKey key, Stamped version) throws StoreException {
    try {
      Bucket bucket = decode(key, version);
      return bucket.drawn() ? bucket : Bucket.empty(0);
    } catch (MalformedRecordException e) {
      throw e.refused(key, medium.description());
    }
  }

  /** What somebody else says to have written: one to begin with, when a change is tried. */
  void heard(LockName name, Stamped version) {
    RecordKey key = medium.home(name);
    try {
      cache.heard(key, new Versioned<>(version, BucketCodec.decode(version.content())));
    } catch (MalformedRecordException e) {
      LOG.debug("news of record {} is left out: {}", Records.nameOf(key), e.getMessage());
    }
  }

  /** Changes the bucket that keeps the line of this name. The caller tells the wakes. */
  <R> Result<R> change(LockName name, BucketChange<R> change, Deadline deadline)
      throws StoreException {
    return change(medium.home(name), change, deadline);
  }

  /** Changes a bucket. The caller tells the wakes. */
  <R> Result<R> change(RecordKey key, BucketChange<R> change, Deadline deadline)
      throws StoreException {
    Decision<R> decision = new Decision<>(key, change, deadline);
    Change.Settled<Bucket, BucketChange.Outcome<R>> settled =
        records.update(key, this, cache.guess(key), decision, deadline);
    BucketChange.Outcome<R> last = settled.answer();
    Versioned<Bucket> now = settled.record();
    if (now != null) {
      cache.wrote(key, now);
    }
    R answer = last.answer();
    // Those of others have been told with what was written.
    List<Wake> wakes =
        new ArrayList<>(decision.mayBeUndone() ? waking.ours(last.wakes()) : last.wakes());
    for (BucketChange.Outcome<R> possible : settled.possible()) {
      answer = change.settle(possible.answer(), answer);
      addGranted(key, now == null ? last.bucket() : now.state(), possible.wakes(), wakes);
    }
    return new Result<>(answer, wakes);
  }

  /** Decides what is written of a bucket: draws its floor first, and covers new numbers. */
  private final class Decision<R> implements Change<Bucket, BucketChange.Outcome<R>> {

    private final RecordKey key;
    private final BucketChange<R> change;
    private final Deadline deadline;

    Decision(RecordKey key, BucketChange<R> change, Deadline deadline) {
      this.key = key;
      this.change = change;
      this.deadline = deadline;
    }

    @Override
    public boolean repeatable() {
      return change.repeatable();
    }

    @Override
    public boolean mayBeUndone() {
      return medium.writesLoosely() && change.mayBeUndone();
    }

    @Override
    public List<Hint> hints(BucketChange.Outcome<R> answer) {
      return waking.hints(answer.wakes());
    }

    @Override
    public Next<Bucket, BucketChange.Outcome<R>> next(@Nullable Versioned<Bucket> found)
        throws StoreException {
      if (found != null && found.state().drawn()) {
        return next(found.state());
      }
      Bucket blank = Bucket.empty(0);
      BucketChange.Outcome<R> wanted = apply(key, blank, change);
      if (wanted.bucket() == blank) {
        return Next.keep(wanted);
      }
      return found == null
          ? Next.step(Bucket.UNDRAWN, wanted)
          : next(Bucket.empty(numbers.highWater(deadline)));
    }

    private Next<Bucket, BucketChange.Outcome<R>> next(Bucket bucket) throws StoreException {
      BucketChange.Outcome<R> outcome = apply(key, bucket, change);
      if (outcome.bucket() == bucket) {
        return Next.keep(outcome);
      }
      if (outcome.given() > 0) {
        checkRoom(key, outcome.bucket());
        numbers.cover(outcome.given(), deadline);
      }
      return Next.write(outcome.bucket(), outcome);
    }
  }

  private <R> BucketChange.Outcome<R> apply(RecordKey key, Bucket bucket, BucketChange<R> change)
      throws StoreException {
    try {
      return change.apply(bucket);
    } catch (MalformedRecordException e) {
      throw e.refused(key, medium.description());
    } catch (IllegalArgumentException | IllegalStateException e) {
      // The line refuses: it is full, or the request contradicts what it holds.
      throw new StoreException(
          Kind.REFUSED, medium.description() + " refuses: " + e.getMessage(), e);
    }
  }

  private void checkRoom(RecordKey key, Bucket bucket) throws StoreException {
    long bytes = 0;
    for (StoredLine line : bucket.lines()) {
      bytes += line.length();
    }
    if (bytes > MOST_BYTES) {
      throw new StoreException(
          Kind.REFUSED,
          "record "
              + Records.nameOf(key)
              + " of "
              + medium.description()
              + " is full: "
              + bytes
              + " bytes");
    }
  }

  /**
   * Tickets that a change would have granted of which it is not known whether it was written: those
   * are told that are granted now.
   */
  private void addGranted(RecordKey key, Bucket now, List<Wake> possible, List<Wake> wakes)
      throws StoreException {
    for (Wake wake : possible) {
      try {
        if (now.drawn() && now.line(wake.name()).isGranted(wake.ticket().number())) {
          wakes.add(wake);
        }
      } catch (MalformedRecordException e) {
        throw e.refused(key, medium.description());
      }
    }
  }

  @Override
  public Bucket decode(RecordKey key, Stamped version) throws MalformedRecordException {
    Bucket known = cache.find(key, version);
    if (known != null) {
      return known;
    }
    Bucket decoded = BucketCodec.decode(version.content());
    cache.met(key, new Versioned<>(version, decoded));
    return decoded;
  }

  @Override
  public byte[] encode(Bucket bucket) {
    return BucketCodec.encode(bucket);
  }
}
