package io.tyer.engine;

import io.tyer.line.Ask;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
import org.jspecify.annotations.Nullable;

/**
 * What kind of ticket a local caller needs. Those of one mode and name wait together.
 *
 * @param kind what the lock is used as
 * @param capacity of shared tickets: how much there is
 * @param turn whose mode it is alone, under strict order; 0 if callers share it
 */
record Mode(Kind kind, int capacity, long turn) {

  enum Kind {
    EXCLUSIVE,
    READ,
    PERMITS
  }

  static final Mode EXCLUSIVE = new Mode(Kind.EXCLUSIVE, 1, 0);
  static final Mode READ = new Mode(Kind.READ, Ask.UNBOUNDED, 0);

  /** Written out: a record's own is linked when a program first compares, at each start. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Mode mode
        && kind == mode.kind
        && capacity == mode.capacity
        && turn == mode.turn;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * kind.hashCode() + capacity) + Long.hashCode(turn);
  }

  static Mode permits(int capacity) {
    return new Mode(Kind.PERMITS, capacity, 0);
  }

  /** The same, of one caller alone. */
  Mode alone(long caller) {
    return new Mode(kind, capacity, caller);
  }

  boolean exclusive() {
    return kind == Kind.EXCLUSIVE;
  }

  boolean read() {
    return kind == Kind.READ;
  }

  /** Whether a ticket of this mode and weight by itself keeps one of another waiting. */
  boolean leavesNoRoom(int weight, Mode other, int otherWeight) {
    return exclusive()
        || other.exclusive()
        || (long) weight + otherWeight > Math.min(capacity, other.capacity);
  }

  /** What such a ticket is asked for by. */
  Ask ask(SessionId session, RequestId request, String owner, int weight) {
    return exclusive()
        ? Ask.exclusive(session, request, owner, false)
        : Ask.shared(session, request, owner, weight, capacity, false);
  }

  /** Whether both are permits, but not of equally many. */
  boolean disagreesWith(Ticket ticket) {
    return kind == Kind.PERMITS
        && !ticket.exclusive()
        && ticket.capacity() != Ask.UNBOUNDED
        && ticket.capacity() != capacity;
  }
}
