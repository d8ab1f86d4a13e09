package io.tyer.store.remote;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.protocol.v1.Alive;
import io.tyer.protocol.v1.Beat;
import io.tyer.protocol.v1.ClientMessage;
import io.tyer.protocol.v1.End;
import io.tyer.protocol.v1.Event;
import io.tyer.protocol.v1.Held;
import io.tyer.spi.Bearers;
import io.tyer.spi.BeatAnswer;
import io.tyer.spi.Reply;
import io.tyer.spi.SessionEvents;
import io.tyer.spi.SessionRequest;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreSession;
import io.tyer.spi.TicketState;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session at the lock server: each request is one message, and one trip. */
final class RemoteSession implements StoreSession, Conversation.Listener {

  private static final Logger log = LoggerFactory.getLogger(RemoteSession.class);

  private final SessionId id;
  private final SessionEvents events;
  private final Runnable whenOver;
  private final Conversation conversation;

  /**
   * Not opened yet.
   *
   * @param whenOver told when nothing comes of it any more
   */
  RemoteSession(Links links, SessionRequest request, SessionEvents events, Runnable whenOver) {
    this.id = request.secret().publicId();
    this.events = events;
    this.whenOver = whenOver;
    this.conversation =
        new Conversation(links, request.secret().reveal(), request.ttl().toNanos(), this);
  }

  @Override
  public SessionId id() {
    return id;
  }

  // ---- from its opening to its end

  void open(SessionRequest request, Reply<StoreSession> reply) {
    conversation.ask(
        new Request<StoreSession>(
            Messages.open(request),
            answer -> {
              boolean unused = Messages.attention(answer);
              return this;
            },
            reply));
  }

  /** The bearers are of no use: the server cannot look at this machine's processes. */
  @Override
  public void beat(Bearers bearers, Reply<BeatAnswer> reply) {
    conversation.ask(
        new Request<>(
            ClientMessage.newBuilder().setBeat(Beat.getDefaultInstance()),
            answer -> Messages.attention(answer) ? new BeatAnswer(true) : BeatAnswer.ALIVE,
            reply));
  }

  @Override
  public void end(Reply<Boolean> reply) {
    conversation.ask(
        new Request<>(
            ClientMessage.newBuilder().setEnd(End.getDefaultInstance()),
            Messages::found,
            new Reply<>() {
              @Override
              public void done(Boolean ended) {
                reply.done(ended);
              }

              @Override
              public void failed(StoreException failure) {
                if (failure.kind() == StoreException.Kind.SESSION_DEAD) {
                  reply.done(false);
                } else {
                  reply.failed(failure);
                }
              }
            }));
  }

  void close() {
    conversation.close();
  }

  // ---- tickets

  @Override
  public void enter(LockName name, Ask ask, boolean onlyIfFree, Reply<TicketState> reply) {
    if (isOurs(ask, reply)) {
      conversation.ask(entering(name, ask, onlyIfFree, reply));
    }
  }

  private boolean isOurs(Ask ask, Reply<TicketState> reply) {
    if (ask.session().equals(id)) {
      return true;
    }
    reply.failed(
        new StoreException(
            StoreException.Kind.REFUSED, "session " + id + " asks for " + ask.session()));
    return false;
  }

  private static Request<TicketState> entering(
      LockName name, Ask ask, boolean onlyIfFree, Reply<TicketState> reply) {
    return new Request<>(Messages.enter(name, ask, onlyIfFree), Messages::state, reply);
  }

  @Override
  public void leave(LockName name, RequestId request, long number, Reply<Boolean> reply) {
    conversation.ask(leaving(name, request, number, reply));
  }

  private static Request<Boolean> leaving(
      LockName name, RequestId request, long number, Reply<Boolean> reply) {
    return new Request<>(Messages.leave(name, request, number), Messages::found, reply);
  }

  @Override
  public boolean leavesAndEnters() {
    return true;
  }

  /** Two messages that go out together. */
  @Override
  public void leaveAndEnter(
      LockName name,
      RequestId request,
      long number,
      Ask ask,
      Reply<Boolean> left,
      Reply<TicketState> entered) {
    if (isOurs(ask, entered)) {
      conversation.ask(
          List.of(leaving(name, request, number, left), entering(name, ask, false, entered)));
    } else {
      leave(name, request, number, left);
    }
  }

  @Override
  public void weaken(
      LockName name,
      RequestId request,
      long number,
      int weight,
      int capacity,
      Reply<TicketState> reply) {
    conversation.ask(
        new Request<>(
            Messages.weaken(name, request, number, weight, capacity), Messages::state, reply));
  }

  @Override
  public void check(LockName name, RequestId request, long number, Reply<TicketState> reply) {
    conversation.ask(new Request<>(Messages.check(name, request, number), Messages::state, reply));
  }

  // ---- what the server tells

  @Override
  public void told(Event event) {
    try {
      switch (event.getEventCase()) {
        case GRANTED ->
            events.granted(
                Messages.name(event.getGranted().getName()),
                Messages.request(event.getGranted().getRequest()),
                event.getGranted().getNumber());
        case CHANGED -> events.changed(Messages.name(event.getChanged()));
        case RECALLED -> events.recalled(Messages.name(event.getRecalled()));
        case ENDED, EVENT_NOT_SET -> {
          // An end is told by died; what is not set is of a later version.
        }
      }
    } catch (IllegalArgumentException e) {
      log.debug("session {} is told what cannot be read", id, e);
      events.changedAnywhere();
    }
  }

  /** Whatever was told meanwhile was told nobody. */
  @Override
  public void attached(Alive state) {
    for (Held ticket : state.getTicketsList()) {
      stands(ticket);
    }
    events.changedAnywhere();
  }

  private void stands(Held ticket) {
    try {
      LockName name = Messages.name(ticket.getName());
      if (ticket.getGranted()) {
        events.granted(name, Messages.request(ticket.getRequest()), ticket.getNumber());
      }
      if (ticket.getRecalled()) {
        events.recalled(name);
      }
    } catch (IllegalArgumentException e) {
      log.debug("session {} has a ticket that cannot be read", id, e);
    }
  }

  @Override
  public void died(String why) {
    events.ended(why);
  }

  @Override
  public void over() {
    whenOver.run();
  }
}
