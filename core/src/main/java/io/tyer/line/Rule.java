package io.tyer.line;

/**
 * The one rule, as arithmetic.
 *
 * <p>A ticket is granted when everything ahead of it fits beside it: an exclusive ticket when it is
 * first; a shared one when no exclusive ticket is ahead of it and the weights ahead, plus its own,
 * do not exceed its capacity.
 *
 * <p>That is a single comparison once every ticket has a weight and leaves a {@linkplain #room
 * room} for what is ahead: an exclusive ticket weighs more than all shared ones together and leaves
 * no room; an unbounded one leaves room for anything but an exclusive ticket.
 *
 * <pre>
 * shared tickets together: at most MAX_LENGTH * MAX_PERMITS &lt; 2^20 * 2^20 = 2^40 &lt; EXCLUSIVE = 2^41
 * a whole line:            at most MAX_LENGTH * EXCLUSIVE   = 2^20 * 2^41 = 2^61 &lt; 2^63
 * </pre>
 */
final class Rule {

  /** What an exclusive ticket weighs: more than all shared tickets of a line together. */
  static final long EXCLUSIVE = 1L << 41;

  private Rule() {}

  /** The rule. */
  static boolean granted(long weightsAhead, long room) {
    return weightsAhead <= room;
  }

  /** What a ticket counts for those behind it. */
  static long weighs(boolean exclusive, int weight) {
    return exclusive ? EXCLUSIVE : weight;
  }

  /** The most weight that may be ahead of a ticket for it to be granted. */
  static long room(boolean exclusive, int weight, int capacity) {
    if (exclusive) {
      return 0;
    }
    return capacity == Ask.UNBOUNDED ? EXCLUSIVE - 1 : capacity - weight;
  }

  static long weighs(Ticket ticket) {
    return weighs(ticket.exclusive(), ticket.weight());
  }

  static long room(Ticket ticket) {
    return room(ticket.exclusive(), ticket.weight(), ticket.capacity());
  }
}
