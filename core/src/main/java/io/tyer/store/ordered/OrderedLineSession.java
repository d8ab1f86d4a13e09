package io.tyer.store.ordered;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.spi.Bearers;
import io.tyer.spi.BeatAnswer;
import io.tyer.spi.Moment;
import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.spi.StoreSession;
import io.tyer.spi.TicketState;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A session of the engine's, which is one of the medium's. */
final class OrderedLineSession implements StoreSession {

  private final OrderedParts parts;
  private final Fate fate;
  private final Tickets tickets;
  private final OrderedSession session;
  private final Entering entering;

  OrderedLineSession(OrderedParts parts, Fate fate, SessionId id, OrderedSession session) {
    this.parts = parts;
    this.fate = fate;
    this.session = session;
    this.tickets = new Tickets(id, session, fate.events());
    this.entering = new Entering(tickets, parts.surroundings());
    fate.opened(session);
  }

  @Override
  public SessionId id() {
    return tickets.id();
  }

  /** Makes a request, unless it is known that the session has ended. */
  private <T> void request(Reply<T> reply, Supplier<CompletableFuture<T>> request) {
    String ended = fate.ended();
    if (ended != null) {
      tickets.forgetAll();
      reply.failed(new StoreException(Kind.SESSION_DEAD, "session " + id() + " is over: " + ended));
      return;
    }
    CompletableFuture<T> outcome;
    try {
      outcome = request.get();
    } catch (IllegalArgumentException e) {
      outcome = Steps.failed(Kind.REFUSED, String.valueOf(e.getMessage()));
    }
    Steps.answer(outcome, reply);
  }

  /** Proves that the session lives: since when, the medium says. */
  @Override
  public void beat(Bearers bearers, Reply<BeatAnswer> reply) {
    fate.beats();
    request(
        reply,
        () ->
            Steps.then(
                Steps.<Moment>ask(session::prove),
                since -> {
                  if (fate.mustSweep()) {
                    session.sweep();
                  }
                  return Steps.done(new BeatAnswer(false, since));
                }));
  }

  @Override
  public void enter(LockName name, Ask ask, boolean onlyIfFree, Reply<TicketState> reply) {
    request(
        reply,
        () -> {
          if (!ask.session().equals(id())) {
            throw new IllegalArgumentException(
                "session " + id() + " asks for session " + ask.session());
          }
          return onlyIfFree ? entering.tryEnter(name, ask) : entering.enter(name, ask);
        });
  }

  @Override
  public void leave(LockName name, RequestId request, long number, Reply<Boolean> reply) {
    request(reply, () -> tickets.leave(name, request));
  }

  @Override
  public void weaken(
      LockName name,
      RequestId request,
      long number,
      int weight,
      int capacity,
      Reply<TicketState> reply) {
    request(
        reply,
        () -> {
          Ask shared = Ask.shared(id(), request, "", weight, capacity, false);
          return new Weakening(tickets, name, shared, parts.deadline()).weaken();
        });
  }

  @Override
  public void check(LockName name, RequestId request, long number, Reply<TicketState> reply) {
    request(reply, () -> tickets.check(name, request));
  }

  @Override
  public void end(Reply<Boolean> reply) {
    if (fate.ended() != null) {
      reply.done(false);
      return;
    }
    fate.end("its client ended it");
    tickets.forgetAll();
    session.end(reply);
  }
}
