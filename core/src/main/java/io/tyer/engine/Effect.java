package io.tyer.engine;

import io.tyer.LossCause;
import io.tyer.TyerListener.WaitEnd;
import io.tyer.line.Ask;
import io.tyer.line.RequestId;
import io.tyer.line.Ticket;
import io.tyer.spi.StoreException;
import io.tyer.spi.TicketState;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What is to be done about a name, in order, once its lock has been released. Values only. */
sealed interface Effect {

  // ---- requests to the store

  record Enter(OpenSession session, Ask ask, boolean onlyIfFree) implements Effect {

    /** The same, for a ticket that its client may keep. */
    Enter recallable() {
      Ask kept = Ask.exclusive(ask.session(), ask.request(), ask.owner(), true);
      return new Enter(session, kept, onlyIfFree);
    }
  }

  /** By request only if the answer to enter was lost: the number is 0 then. */
  record Leave(OpenSession session, RequestId ticket, long number, long sentNanos)
      implements Effect {}

  /** One request for both. */
  record LeaveAndEnter(Leave leave, Enter enter) implements Effect {}

  record Check(OpenSession session, RequestId ticket, long number) implements Effect {}

  /** The same, by this {@link LastLooks look} of callers whose time is over. */
  record Look(Check check, int look) implements Effect {}

  /** Makes an exclusive ticket one that is shared as read tickets are. */
  record Weaken(
      OpenSession session, RequestId ticket, long number, CompletableFuture<TicketState> asker)
      implements Effect {}

  /** A ticket of this client's session that it does not know leaves: an answer was lost. */
  record LeaveStranger(Stranger stranger) implements Effect {}

  // ---- to the session

  /** There must be a session; the name is told of it. */
  record NeedSession() implements Effect {}

  /** The session was found unproved, or over, before its own timers found it. */
  record Doubt(OpenSession session) implements Effect {}

  /** A request's failure says that the session has ended. */
  record SessionEnded(OpenSession session, StoreException failure) implements Effect {}

  // ---- to callers

  record Grant(Waiter waiter, OpenSession session, long waitedNanos) implements Effect {}

  /** A caller waits no more, and was not granted: BUSY or CANCELLED. */
  record End(Waiter waiter, WaitEnd end, long waitedNanos) implements Effect {}

  /** Why a caller is told that it failed. */
  enum Why {
    NOT_ACQUIRED,
    NOT_IN_TIME,
    CLIENT_CLOSED
  }

  /**
   * A caller waits no more, for a reason other than that somebody is in its way.
   *
   * @param failure what the store failed with; null if it has not answered
   */
  record Fail(Waiter waiter, Why why, @Nullable StoreException failure, long waitedNanos)
      implements Effect {}

  record Token(Holding holding, long token) implements Effect {}

  /** A lease is lost; nothing happens if it was closed, or lost before. */
  record Lose(Holding holding, LossCause cause) implements Effect {}

  /** What was given back has left the store, or need not leave it. */
  record GivenBack(Holding holding) implements Effect {}

  record Weakened(CompletableFuture<TicketState> asker, TicketState state) implements Effect {}

  record WeakenFailed(CompletableFuture<TicketState> asker, StoreException failure)
      implements Effect {}

  // ---- timers

  /** After a delay the event happens, come what may. */
  record Later(long nanos, Event event) implements Effect {}

  /** After a delay, shortened at random, the alarm rings. */
  record SetAlarm(Alarm alarm, int stamp, long nanos, Event event) implements Effect {}

  record CancelAlarm(Alarm alarm, int stamp) implements Effect {}

  /** The alarm rings when a check of the ticket may be due, by the interval or the crowd. */
  record CheckLater(Alarm alarm, int stamp, RequestId ticket, long intervalNanos, long askedNanos)
      implements Effect {}

  // ---- to those who watch

  /** So many more tickets wait, or fewer. */
  record Crowd(int more) implements Effect {}

  /** A ticket is handed on without asking the store. */
  record Baton() implements Effect {}

  /** Another client names another number of permits. */
  record Disagreement(int own, Ticket other) implements Effect {}

  /** How much a line of the log matters. */
  enum Level {
    DEBUG,
    WARN,
    ERROR
  }

  /**
   * A line of the log.
   *
   * @param text with {} in place of the lock's name
   */
  record Log(Level level, String text, @Nullable StoreException failure) implements Effect {}
}
