package io.tyer.server.state;

import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.Ticket;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All lines that are not empty. Numbers come from one counter for all of them, so that a line that
 * has become empty is forgotten altogether.
 */
final class Lines {

  private static final Line EMPTY = Line.empty(0);

  private CowTree<LockName, Line> lines = new CowTree<>(Comparator.naturalOrder());
  private long lastNumber = -1;
  private long tickets;
  private long waiting;
  private long textBytes;

  /** The name that was asked for last, and its line: a command asks several times. */
  private @Nullable LockName recentName;

  private Line recent = EMPTY;

  /** Whose lines were put; null if nobody wants to know. */
  private @Nullable Set<LockName> noted;

  /** Notes from now on whose lines are put, or does not. */
  void note(boolean wanted) {
    noted = wanted ? new HashSet<>() : null;
  }

  /** What was noted. */
  Set<LockName> noted() {
    Set<LockName> names = noted;
    return names == null ? Set.of() : names;
  }

  /** The lines as they are now, never to change: what changes from now on is a copy. */
  CowTree<LockName, Line> freeze() {
    CowTree<LockName, Line> frozen = lines;
    lines = lines.copy();
    return frozen;
  }

  /** The largest number given out; -1 before the first entry. */
  long lastNumber() {
    return lastNumber;
  }

  void lastNumber(long number) {
    lastNumber = number;
  }

  /**
   * Where numbers begin: at the microseconds since 2025, so that they go on above those of a
   * cluster that was lost and replaced by an empty one, as long as the wall clock is right.
   */
  void begin(long wallMillis) {
    if (lastNumber < 0) {
      long millis =
          Math.min(Math.max(wallMillis, 0), (Ticket.MAX_NUMBER + Bounds.MICROS_2025) / 1_000);
      lastNumber = Math.max(0, millis * 1_000 - Bounds.MICROS_2025);
    }
  }

  /** How many tickets there are in all lines. */
  long tickets() {
    return tickets;
  }

  /** How many of them wait. */
  long waiting() {
    return waiting;
  }

  /** How many bytes the names and owners of all tickets have. */
  long textBytes() {
    return textBytes;
  }

  /** So many more bytes of names and owners, or fewer. */
  void textBytes(int more) {
    textBytes += more;
  }

  /** So many more wait, or fewer. */
  void waiting(int more) {
    waiting += more;
  }

  /** The line with this name, perhaps empty. */
  @SuppressWarnings("ReferenceEquality") // the same object: a hit that costs nothing to find out
  Line get(LockName name) {
    if (name != recentName) {
      Line line = lines.get(name);
      recent = line == null ? EMPTY : line;
      recentName = name;
    }
    return recent;
  }

  /** Puts what has become of a line in its place. */
  void put(LockName name, Line before, Line after) {
    tickets += after.length() - before.length();
    if (noted != null) {
      noted.add(name);
    }
    recentName = name;
    recent = after;
    if (after.isEmpty()) {
      if (!before.isEmpty()) {
        lines.removePresent(name);
      }
    } else {
      lines.put(name, after);
      lastNumber = Math.max(lastNumber, after.last());
    }
  }

  /** All lines by their names. */
  CowTree<LockName, Line> byName() {
    return lines;
  }
}
