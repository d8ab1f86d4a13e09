package io.tyer.line;

import static java.util.Objects.requireNonNull;

/**
 * A place in a line. Whether it is granted is not part of the ticket: it follows from what is ahead
 * of it; ask the {@link Line}.
 *
 * @param number larger than every number the line gave out before, 1 to {@link #MAX_NUMBER}; orders
 *     the line and is the upper part of the fencing token
 * @param session whose ticket it is
 * @param request the id by which a retry finds it again
 * @param owner a label for people, see {@link Ask#owner}
 * @param exclusive whether nothing may stand beside it
 * @param weight how much it takes, see {@link Ask#weight}
 * @param capacity how much there is, see {@link Ask#capacity}
 * @param recallable whether its client may keep it until another asks for it
 * @param revoked whether an operator has asked that it leave
 * @param since when it began to wait or, once granted, when it was granted: wall-clock milliseconds
 *     of the store, for people only; nothing is decided by it
 */
public record Ticket(
    long number,
    SessionId session,
    RequestId request,
    String owner,
    boolean exclusive,
    int weight,
    int capacity,
    boolean recallable,
    boolean revoked,
    long since) {

  /** The largest number a ticket can have: tokens append 12 bits and must stay within a long. */
  public static final long MAX_NUMBER = (1L << 51) - 1;

  /**
   * Checks every part.
   *
   * @throws IllegalArgumentException if number, owner, weight or capacity is not as described above
   */
  public Ticket {
    requireNonNull(session, "session");
    requireNonNull(request, "request");
    if (number < 1 || number > MAX_NUMBER) {
      throw new IllegalArgumentException(
          "a ticket's number is 1 to " + MAX_NUMBER + ", not " + number);
    }
    Ask.checkOwner(owner);
    Ask.checkWeight(exclusive, weight, capacity);
  }

  /** Whether, if granted, it may be kept by a client that does not use it: exclusive only. */
  public boolean mayBeKept() {
    return recallable && exclusive;
  }

  static Ticket of(Ask ask, long number, long since) {
    return new Ticket(
        number,
        ask.session(),
        ask.request(),
        ask.owner(),
        ask.exclusive(),
        ask.weight(),
        ask.capacity(),
        ask.recallable(),
        false,
        since);
  }

  /** The same ticket, granted at that time. */
  public Ticket grantedAt(long nowMillis) {
    return new Ticket(
        number,
        session,
        request,
        owner,
        exclusive,
        weight,
        capacity,
        recallable,
        revoked,
        nowMillis);
  }

  Ticket revokedNow() {
    return new Ticket(
        number, session, request, owner, exclusive, weight, capacity, recallable, true, since);
  }

  Ticket weakened(int sharedWeight, int sharedCapacity) {
    return new Ticket(
        number,
        session,
        request,
        owner,
        false,
        sharedWeight,
        sharedCapacity,
        recallable,
        revoked,
        since);
  }
}
