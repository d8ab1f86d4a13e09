package io.tyer.spi;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;

/**
 * An open session: the only way to touch tickets, and only its own (promise S3).
 *
 * <p>All requests are asynchronous in form and may be made from any thread. Every one of them may
 * be repeated: a repeated request finds what the first one did. A store (or the client library it
 * uses) that repeats requests by itself does so only while they are unanswered, and never repeats a
 * try, unless a repeated one is sure to be done once; and no request takes effect later than one
 * TTL after it was made: that is for how long the engine watches what may come of an enter without
 * an answer. Requests of a session that has ended fail with {@link
 * StoreException.Kind#SESSION_DEAD} and have no effect.
 */
public interface StoreSession {

  /** The session's public id. */
  SessionId id();

  /**
   * Keeps the session alive for its TTL from the moment the store sees this.
   *
   * @param bearers the processes that bear the session from now on
   */
  void beat(Bearers bearers, Reply<BeatAnswer> reply);

  /**
   * Takes a ticket at the end of a line, or finds the one this request has already taken.
   *
   * <p>Answers {@link TicketState.Granted}, {@link TicketState.Waiting}, or, if {@code onlyIfFree},
   * {@link TicketState.Refused}: a try takes a ticket only if it is granted at once. A try may be
   * refused only after tickets of sessions that are known to be dead were dropped.
   *
   * <p>A ticket that must wait directly behind one that {@linkplain TicketState#onlyKept may merely
   * be kept} has the other session told so by {@link SessionEvents#recalled}, here and whenever it
   * is checked; never its own session.
   *
   * @param ask whose {@code session} is this session's id
   */
  void enter(LockName name, Ask ask, boolean onlyIfFree, Reply<TicketState> reply);

  /**
   * Removes a ticket of this session and wakes the sessions whose tickets that grants. Answers
   * whether the ticket was there.
   *
   * @param number the ticket's number, or 0 if the answer to enter was lost
   */
  void leave(LockName name, RequestId request, long number, Reply<Boolean> reply);

  /**
   * The same, while nobody's thread waits for the answer: a store may hold the request back for a
   * moment, much shorter than a request takes, so that it goes out together with the next one.
   */
  default void leaveUnawaited(LockName name, RequestId request, long number, Reply<Boolean> reply) {
    leave(name, request, number, reply);
  }

  /** Whether {@link #leaveAndEnter} is less work for the store than the two by themselves. */
  default boolean leavesAndEnters() {
    return false;
  }

  /**
   * Leaves as {@link #leave}, then enters the same line as {@link #enter}, in one: what a client
   * asks for that passes a lock on and has more callers of its own who wait for it. Only where
   * {@link #leavesAndEnters}.
   *
   * <p>Each part has its own answer, the leave first, which need not wait for the other one. Of an
   * enter that has failed the client believes nothing, whatever it is told of its ticket: the
   * request is never made again, only withdrawn by {@link #leave}. A store may thus make it last
   * after it was seen by others, as long as that is before it is answered.
   *
   * @param number the number of the ticket that leaves
   * @param ask another request than the one that leaves, of the same session
   */
  default void leaveAndEnter(
      LockName name,
      RequestId request,
      long number,
      Ask ask,
      Reply<Boolean> left,
      Reply<TicketState> entered) {
    throw new UnsupportedOperationException("this store leaves and enters one after the other");
  }

  /**
   * Makes a granted exclusive ticket a shared one, in place. Repeating it has no effect. Answers
   * {@link TicketState.Granted}, or {@link TicketState.Gone} if there is no such ticket.
   */
  void weaken(
      LockName name,
      RequestId request,
      long number,
      int weight,
      int capacity,
      Reply<TicketState> reply);

  /**
   * How a ticket of this session stands: {@link TicketState.Granted}, {@link TicketState.Waiting},
   * {@link TicketState.Gone}. Drops the tickets of dead sessions that are in its way first.
   */
  void check(LockName name, RequestId request, long number, Reply<TicketState> reply);

  /** Ends the session and removes its tickets; what they blocked is woken. */
  void end(Reply<Boolean> reply);
}
