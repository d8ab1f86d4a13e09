package io.tyer.store.record;

import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.spi.StoreException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where records are kept. Calls block, may come from any thread at once, ignore interrupts and
 * leave the interrupt flag as it is.
 *
 * <p>Failures are {@link StoreException}s: {@code UNREACHABLE} when the call certainly had no
 * effect and may be tried again, {@code UNKNOWN} when a replacement may or may not count, {@code
 * REFUSED} when trying again is of no use (no rights, newer format, content that is not a record).
 */
public interface RecordMedium extends AutoCloseable {

  /** What and where this is, without secrets. */
  String description();

  /** The record that keeps the line of this name. The same for every client of the same store. */
  RecordKey home(LockName name);

  /** The newest version of a record, or null if there is none. */
  @Nullable Stamped read(RecordKey key) throws StoreException;

  /**
   * Whether reading several records by {@link #readEach} takes hardly more of the store than
   * reading one. Checks of tickets are then held back for a moment, and read together.
   */
  default boolean readsTogether() {
    return false;
  }

  /**
   * The newest versions of several records of one kind, not necessarily as of one moment. A record
   * that is not in the answer does not exist. One that {@link #read} would refuse has its failure
   * in the answer, and keeps none of the others from being read.
   *
   * @param known a version that was read or written before, or null; if it still is the newest one,
   *     it may itself be answered
   * @throws StoreException as {@link #read}, when that concerns all of them
   */
  default Map<RecordKey, Reading<Stamped>> readEach(
      Collection<RecordKey> keys, Function<RecordKey, @Nullable Stamped> known)
      throws StoreException {
    Map<RecordKey, Reading<Stamped>> all = new HashMap<>();
    for (RecordKey key : keys) {
      try {
        Stamped found = read(key);
        if (found != null) {
          all.put(key, Reading.of(found));
        }
      } catch (StoreException e) {
        if (e.kind() != StoreException.Kind.REFUSED) {
          throw e;
        }
        all.put(key, Reading.failed(e));
      }
    }
    return all;
  }

  /**
   * Writes the next version, provided that {@code expected} still is the newest one ({@code null}:
   * provided that there is none). Atomic: a crash at any moment leaves the old or the new version.
   *
   * @param expected any version there ever was, however old
   * @return the version written, or null if the record has changed meanwhile and nothing was done
   */
  @Nullable Stamped replace(RecordKey key, @Nullable Stamped expected, byte[] content)
      throws StoreException;

  /**
   * Whether there is a faster way to write what need not last, {@link #replaceLoosely}, and {@link
   * #era} tells crashes.
   */
  default boolean writesLoosely() {
    return false;
  }

  /**
   * Replaces, and tells the hints if that has happened. Atomic; but a crash of the store's server
   * soon after may undo it, and nothing that was written after it then stays.
   *
   * @param hints to be told; each may be lost
   * @return as {@link #replace}
   */
  default @Nullable Stamped replaceLoosely(
      RecordKey key, Stamped expected, byte[] content, List<Hint> hints) throws StoreException {
    throw new UnsupportedOperationException(description() + " writes nothing loosely");
  }

  /**
   * Writes something for good, whatever it is: what was written loosely before, by anybody, lasts
   * when this returns, if the era is still the same.
   */
  default void makeLast() throws StoreException {
    throw new UnsupportedOperationException(description() + " writes nothing loosely");
  }

  /**
   * A number that is another one, at the latest, when the first call returns that was answered by a
   * server that has crashed since; it may change at other times. What was written loosely lasts
   * once something that was written by {@link #replace} or {@link #makeLast} after it has returned
   * in the same era.
   */
  default long era() {
    return 0;
  }

  /**
   * Removes a record, provided that {@code expected} still is its newest version. Only for {@link
   * RecordKey.Kind#SESSION}.
   *
   * @return false if the record has changed meanwhile and nothing was done
   */
  boolean remove(RecordKey key, Stamped expected) throws StoreException;

  /** The ids of the records of a kind; those that come or go meanwhile may be missing. */
  List<RecordKey> list(RecordKey.Kind kind) throws StoreException;

  /**
   * The newest versions of all records of a kind; those that come or go meanwhile may be missing.
   * Of kind {@link RecordKey.Kind#LINES}, those without tickets may be left out.
   */
  default Map<RecordKey, Stamped> readAll(RecordKey.Kind kind) throws StoreException {
    Map<RecordKey, Stamped> all = new HashMap<>();
    for (RecordKey key : list(kind)) {
      Stamped found = read(key);
      if (found != null) {
        all.put(key, found);
      }
    }
    return all;
  }

  /** Whether the medium answers {@link #highWater}; else such a mark is kept in a record. */
  default boolean keepsHighWater() {
    return false;
  }

  /**
   * At least every number in records of kind {@link RecordKey.Kind#LINES} that are not there any
   * more, by whatever means the medium knows it: what it notes before it {@linkplain #sweepLines
   * removes} one, its clock. What was removed before this is called, it covers.
   */
  default long highWater() throws StoreException {
    throw new UnsupportedOperationException(description() + " keeps no high-water mark");
  }

  /**
   * Removes records of kind {@link RecordKey.Kind#LINES} that have had no tickets for a while. Only
   * those of which the numbers are below what {@link #highWater} answers from before the removal
   * on.
   */
  default void sweepLines() throws StoreException {}

  /**
   * How long ago this version was written, by the store's one clock, rather too short than too
   * long; negative if that clock was set back since; null if the version is no longer the newest.
   */
  @Nullable Duration age(RecordKey key, Stamped version) throws StoreException;

  /** Tells a session that a line concerns it. Never fails, may be lost. */
  void hint(Hint hint);

  /**
   * Passes on the hints for a session from now on, or null for "anything may have changed". What
   * was granted may be left out of a hint. Without an effect where the medium cannot tell; the
   * session's checks then do.
   *
   * @return ends the listening, and removes what it left in the store
   */
  AutoCloseable listen(SessionId self, Consumer<@Nullable Hint> hints) throws StoreException;

  /** Whether {@link #listen} can tell of what happens to tickets. */
  boolean tells();

  /** Whether {@link #listen} is of any use, if only by passing on null. */
  default boolean warns() {
    return tells();
  }

  /**
   * Removes what listening sessions that no longer exist left behind. A session that has begun to
   * listen after the list was drawn up is not in it: what is younger than a minute stays.
   */
  void sweepHints(List<SessionId> living) throws StoreException;

  /** Frees what is held in this process. */
  @Override
  void close();
}
