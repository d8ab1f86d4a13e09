package io.tyer.line;

/**
 * Which number a request's ticket has: a persistent hash trie over the bits of the request's id,
 * five at a time. Ids are random, so they need no hash; ids chosen to be alike cost at most 26
 * levels, and can do no more harm than that.
 *
 * <p>A ticket is kept here as it entered. Its number and request never change; everything else may
 * be out of date, so nothing else is read.
 */
@CheckReturnValue
final class RequestIndex {

  static final RequestIndex EMPTY = new RequestIndex(0, new Object[0]);

  private static final int BITS = 5;
  private static final int MASK = (1 << BITS) - 1;
  private static final int LEVELS_PER_LONG = (Long.SIZE + BITS - 1) / BITS;

  /** Which of the 32 digits have a slot. */
  private final int digits;

  /** For each of those, in order: the only ticket with that digit, or the index of all of them. */
  private final Object[] slots;

  private RequestIndex(int digits, Object[] slots) {
    this.digits = digits;
    this.slots = slots;
  }

  /** The number of the request's ticket, or -1 if it has none. */
  long find(RequestId request) {
    RequestIndex index = this;
    for (int level = 0; ; level++) {
      int bit = 1 << digit(request, level);
      if ((index.digits & bit) == 0) {
        return -1;
      }
      Object slot = index.slots[index.slotOf(bit)];
      if (slot instanceof RequestIndex deeper) {
        index = deeper;
      } else {
        Ticket ticket = (Ticket) slot;
        return ticket.request().equals(request) ? ticket.number() : -1;
      }
    }
  }

  /** The index with one more ticket, whose request has none yet. */
  RequestIndex with(Ticket ticket) {
    return with(ticket, 0);
  }

  /** The index without the ticket of this request, which has one. */
  RequestIndex without(RequestId request) {
    return without(request, 0);
  }

  private RequestIndex with(Ticket ticket, int level) {
    int bit = 1 << digit(ticket.request(), level);
    int at = slotOf(bit);
    if ((digits & bit) == 0) {
      Object[] more = new Object[slots.length + 1];
      System.arraycopy(slots, 0, more, 0, at);
      more[at] = ticket;
      System.arraycopy(slots, at, more, at + 1, slots.length - at);
      return new RequestIndex(digits | bit, more);
    }
    RequestIndex deeper =
        slots[at] instanceof RequestIndex index ? index : EMPTY.with((Ticket) slots[at], level + 1);
    return replaced(at, deeper.with(ticket, level + 1));
  }

  private RequestIndex without(RequestId request, int level) {
    int bit = 1 << digit(request, level);
    int at = slotOf(bit);
    if (slots[at] instanceof RequestIndex deeper) {
      RequestIndex rest = deeper.without(request, level + 1);
      boolean single = rest.slots.length == 1 && rest.slots[0] instanceof Ticket;
      return replaced(at, single ? rest.slots[0] : rest);
    }
    if (slots.length == 1) {
      return EMPTY;
    }
    Object[] fewer = new Object[slots.length - 1];
    System.arraycopy(slots, 0, fewer, 0, at);
    System.arraycopy(slots, at + 1, fewer, at, fewer.length - at);
    return new RequestIndex(digits & ~bit, fewer);
  }

  private RequestIndex replaced(int at, Object slot) {
    Object[] others = slots.clone();
    others[at] = slot;
    return new RequestIndex(digits, others);
  }

  private int slotOf(int bit) {
    return Integer.bitCount(digits & (bit - 1));
  }

  private static int digit(RequestId request, int level) {
    long bits =
        level < LEVELS_PER_LONG
            ? request.low() >>> (BITS * level)
            : request.high() >>> (BITS * (level - LEVELS_PER_LONG));
    return (int) bits & MASK;
  }
}
