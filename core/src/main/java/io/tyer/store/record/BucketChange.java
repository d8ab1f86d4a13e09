package io.tyer.store.record;

import io.tyer.line.Line;
import io.tyer.line.LockName;
import java.util.List;

/**
 * What is to become of a bucket: a pure function, applied again whenever the bucket has changed
 * meanwhile, or when it is not known whether the last outcome was written.
 *
 * @param <R> what it answers
 */
@FunctionalInterface
interface BucketChange<R> {

  /** Decides; an outcome with the same bucket leaves the record as it is. */
  Outcome<R> apply(Bucket bucket) throws MalformedRecordException;

  /**
   * The answer after an outcome that may have been written, when the bucket was read again: most
   * changes find then what they did.
   *
   * @param possible the answer of the outcome that may have been written
   * @param found the answer of this change applied to what was read
   */
  default R settle(R possible, R found) {
    return found;
  }

  /** Whether to write again when it is not known whether an earlier outcome was written. */
  default boolean repeatable() {
    return true;
  }

  /** Whether the outcome may be undone by a crash of the store's server soon after. */
  default boolean mayBeUndone() {
    return false;
  }

  /**
   * What a bucket becomes.
   *
   * @param bucket the bucket that follows; the same object if nothing changes
   * @param given the largest number given out, or 0 if none was
   * @param wakes tickets that are granted by this
   */
  record Outcome<R>(Bucket bucket, R answer, long given, List<Wake> wakes) {

    static <R> Outcome<R> unchanged(Bucket bucket, R answer) {
      return new Outcome<>(bucket, answer, 0, List.of());
    }

    /** A line becomes another one, and gives out no number. */
    static <R> Outcome<R> of(
        Bucket bucket, LockName name, Line before, Line.Changed changed, R answer) {
      Bucket after = bucket.with(name, before, changed.line());
      return new Outcome<>(after, answer, 0, Wake.of(name, changed.granted()));
    }
  }
}
