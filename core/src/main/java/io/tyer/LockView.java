package io.tyer;

import java.time.Instant;
import java.util.List;

/**
 * A lock as an operator sees it: who holds it and who waits.
 *
 * @param name the lock's name
 * @param line everybody in its line, in order; of a very long one only the first, where {@code
 *     omitted} says so
 * @param omitted how many more stand in line behind these; only the lock server cuts lines
 */
public record LockView(String name, List<Place> line, int omitted) {

  /** Keeps a copy. */
  public LockView {
    line = List.copyOf(line);
  }

  /** With everybody in its line. */
  public LockView(String name, List<Place> line) {
    this(name, line, 0);
  }

  /**
   * A place in the line.
   *
   * @param number the ticket's number; the fencing tokens under it are {@code number · 4096} and up
   * @param granted whether it holds the lock; it waits otherwise
   * @param exclusive whether nothing may stand beside it
   * @param permits how many permits it takes; 1 for readers and exclusive places
   * @param capacity of how many; 0 if unbounded (readers) or exclusive
   * @param owner the label its owner gave
   * @param session the public id of its session
   * @param since since when it has held or waited, by the store's clock
   * @param revoked whether an operator has asked for it back
   * @param biased whether its client may merely keep it under {@linkplain DistributedLock#biased
   *     bias}, unused, until another one asks for it
   */
  public record Place(
      long number,
      boolean granted,
      boolean exclusive,
      int permits,
      int capacity,
      String owner,
      String session,
      Instant since,
      boolean revoked,
      boolean biased) {

    /** The first fencing token that leases under this ticket can have. */
    public long token() {
      return number << 12;
    }
  }
}
