package io.tyer.engine;

import io.tyer.LossCause;
import io.tyer.line.RequestId;
import io.tyer.spi.StoreException;
import io.tyer.spi.TicketState;
import java.util.concurrent.CompletableFuture;

/**
 * What may happen to a name in this client. Values: a ticket is named by its request, and objects
 * that belong to others are carried, not looked into.
 */
sealed interface Event {

  // ---- calls

  /** A caller wants a lease. */
  record Acquire(Waiter waiter) implements Event {}

  /** A caller stops waiting: its time is over, or it was cancelled. */
  record Withdraw(Waiter waiter, boolean timedOut) implements Event {}

  /** A lease is given back. */
  record Release(Holding holding) implements Event {}

  /** A lease has come to an end of its own: its maximum, or that of what it is bound to. */
  record Expire(Holding holding, LossCause cause) implements Event {}

  /** The fencing token of a lease is asked for. */
  record DrawToken(Holding holding) implements Event {}

  /** The ticket of an exclusive lease is to become a shared one. */
  record Weaken(Holding holding, CompletableFuture<TicketState> asker) implements Event {}

  /** The client is closed. What the store knows of ends with the session. */
  record ClientClosed() implements Event {}

  /** What concerns one ticket, named by its request: answers of the store, and timers. */
  sealed interface OfTicket extends Event {
    RequestId ticket();
  }

  // ---- answers of the store

  /** An attempt to enter was answered, perhaps long after the ticket was given up. */
  record Entered(OpenSession session, RequestId ticket, TicketState state) implements OfTicket {}

  record EnterFailed(RequestId ticket, StoreException failure) implements OfTicket {}

  record Checked(RequestId ticket, TicketState state) implements OfTicket {}

  record CheckFailed(RequestId ticket, StoreException failure) implements OfTicket {}

  /** As {@link Checked}, for callers whose time is over. */
  record Looked(RequestId ticket, TicketState state, int look) implements OfTicket {}

  record LookFailed(RequestId ticket, StoreException failure, int look) implements OfTicket {}

  record Weakened(RequestId ticket, TicketState state, CompletableFuture<TicketState> asker)
      implements OfTicket {}

  record WeakenFailed(
      RequestId ticket, StoreException failure, CompletableFuture<TicketState> asker)
      implements OfTicket {}

  /** The store has no such ticket any more, or never had. */
  record Left(RequestId ticket, long sentNanos) implements OfTicket {}

  record LeaveFailed(RequestId ticket, StoreException failure) implements OfTicket {}

  /** A ticket that this client did not know has left. */
  record StrangerLeft(Stranger stranger) implements Event {}

  record StrangerStays(Stranger stranger, StoreException failure) implements Event {}

  // ---- hints of the store

  /** Something changed that may concern tickets of this name. */
  record Changed() implements Event {}

  /** A ticket is granted. */
  record GrantHeard(OpenSession session, RequestId request, long number) implements Event {}

  /** Another client waits behind a ticket that may be kept; only {@link BiasedName} has such. */
  record Recalled() implements Event {}

  // ---- timers

  /** An alarm rings, unless it has been set anew or cancelled since. */
  record Due(Alarm alarm, int stamp, Event event) implements Event {}

  /** An enter of which nothing is known is due to be repeated. */
  record EnterDue(RequestId ticket) implements OfTicket {}

  /**
   * A ticket that waits may be due to be checked.
   *
   * @param crowdNanos the least between two checks of a ticket, by how many others wait
   */
  record CheckDue(RequestId ticket, long crowdNanos) implements OfTicket {}

  /** A leave is due to be repeated. */
  record LeaveDue(RequestId ticket) implements OfTicket {}

  /** A granted ticket that could not be used while nothing proved it. */
  record ServeDue(RequestId ticket) implements OfTicket {}

  /** The recall that a try waits for took too long. */
  record RecallDue(Waiter waiter) implements Event {}

  /** A caller whose time is over waits no longer for an answer. */
  record LookDue(Waiter waiter) implements Event {}

  /** Time to make a ticket leave again that this client does not know. */
  record StrangerDue(Stranger stranger) implements Event {}

  /** A ticket that is kept is to be looked at; only {@link BiasedName} keeps any. */
  record KeptDue() implements Event {}

  // ---- the session's news

  /** There is a session. */
  record SessionReady() implements Event {}

  /** A session could not be opened. */
  record SessionFailed(StoreException failure) implements Event {}

  /** The session is over, and with it whatever the store kept of its tickets. */
  record SessionOver(OpenSession session, LossCause cause) implements Event {}
}
