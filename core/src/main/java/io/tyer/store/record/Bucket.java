package io.tyer.store.record;

import io.tyer.line.Line;
import io.tyer.line.LockName;
import java.util.ArrayList;
import java.util.List;

/**
 * What one record of kind LINES says: the lines of some names that are not empty, and the floor
 * under the numbers of all others. Immutable.
 *
 * <p>A line that becomes empty is forgotten, and the floor raised to its last number first: a name
 * used once leaves nothing, and its numbers still grow.
 *
 * <p>A bucket begins <em>undrawn</em>: it exists, but its floor has yet to be drawn from the
 * store's high-water mark; see {@link Buckets}.
 */
final class Bucket {

  /** The floor of a bucket of which it was not drawn yet. */
  static final long UNDRAWN_FLOOR = -1;

  /** A bucket of which the floor was not drawn yet. */
  static final Bucket UNDRAWN = new Bucket(UNDRAWN_FLOOR, List.of());

  private final long floor;
  private final List<StoredLine> lines;

  /** A bucket of these lines, in ascending order of their names. */
  Bucket(long floor, List<StoredLine> lines) {
    this.floor = floor;
    this.lines = lines;
  }

  /** A bucket without lines whose numbers are all larger than the floor. */
  static Bucket empty(long floor) {
    return new Bucket(floor, List.of());
  }

  boolean drawn() {
    return floor != UNDRAWN_FLOOR;
  }

  /** At least every number that a line which is not here has given out. */
  long floor() {
    return floor;
  }

  /** The lines that are not empty, in ascending order of their names. */
  List<StoredLine> lines() {
    return lines;
  }

  /** The line of this name; empty, on the floor, if there is none. */
  Line line(LockName name) throws MalformedRecordException {
    int at = indexOf(name);
    return at < 0 ? Line.empty(floor) : lines.get(at).line();
  }

  /** The smallest number that a ticket which enters now may get. */
  long atLeast() {
    return floor + 1;
  }

  /**
   * The bucket with another line of this name; this bucket if the line is the same object.
   *
   * @param before what {@link #line} has answered
   */
  @SuppressWarnings("ReferenceEquality") // A line that is unchanged is the same object.
  Bucket with(LockName name, Line before, Line line) {
    if (line == before) {
      return this;
    }
    int at = indexOf(name);
    if (line.isEmpty()) {
      long raised = Math.max(floor, line.last());
      return at < 0 ? new Bucket(raised, lines) : new Bucket(raised, without(at));
    }
    List<StoredLine> next = new ArrayList<>(lines.size() + 1);
    next.addAll(lines);
    if (at < 0) {
      next.add(-at - 1, StoredLine.of(name, line));
    } else {
      next.set(at, StoredLine.of(name, line));
    }
    return new Bucket(floor, next);
  }

  private List<StoredLine> without(int at) {
    List<StoredLine> next = new ArrayList<>(lines);
    next.remove(at);
    return next;
  }

  private int indexOf(LockName name) {
    int low = 0;
    int high = lines.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = lines.get(middle).name().compareTo(name);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }
}
