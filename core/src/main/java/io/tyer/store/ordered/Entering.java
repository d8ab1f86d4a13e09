package io.tyer.store.ordered;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.spi.Surroundings;
import io.tyer.spi.TicketState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * How a ticket is taken: a node is appended, and the line as it then is says how it stands. A
 * request is looked for before it is appended again: what was not answered may have been done.
 */
final class Entering {

  /** How often a try that others were faster than is made anew. */
  private static final int ROUNDS = 3;

  private final Tickets tickets;
  private final Surroundings surroundings;

  Entering(Tickets tickets, Surroundings surroundings) {
    this.tickets = tickets;
    this.surroundings = surroundings;
  }

  // ---- whoever waits

  /** Enters, and waits if need be; see {@link io.tyer.spi.StoreSession#enter}. */
  CompletableFuture<TicketState> enter(LockName name, Ask ask) {
    boolean first = tickets.known(name, ask.request()) == null;
    Place place = tickets.place(name, ask.request());
    if (first) {
      return enterAnew(name, ask, place);
    }
    return Steps.then(
        tickets.read(name, true),
        line -> {
          Optional<Row> own = line.find(tickets.id(), ask.request());
          return own.isPresent()
              ? tickets.standing(name, place, line, own.get())
              : enterAnew(name, ask, place);
        });
  }

  private CompletableFuture<TicketState> enterAnew(LockName name, Ask ask, Place place) {
    return Steps.then(
        append(name, ask, place, null),
        appended -> {
          if (appended.isEmpty()) {
            return Steps.failed(Kind.UNREACHABLE, "a node was not appended, though it was asked");
          }
          Appended own = appended.get();
          CompletableFuture<NodeLine> line = line(name, ask, own);
          return orWithdraw(
              name, ask, own, Steps.then(line, found -> standing(name, ask, place, found)));
        });
  }

  private CompletableFuture<TicketState> standing(
      LockName name, Ask ask, Place place, NodeLine line) {
    Row own = line.find(tickets.id(), ask.request()).orElseThrow();
    return tickets.standing(name, place, line, own);
  }

  // ---- whoever only tries

  /** Enters only if that is granted at once. */
  CompletableFuture<TicketState> tryEnter(LockName name, Ask ask) {
    return tryEnter(name, ask, tickets.place(name, ask.request()), ROUNDS);
  }

  private CompletableFuture<TicketState> tryEnter(LockName name, Ask ask, Place place, int rounds) {
    return Steps.then(
        tickets.nodes(name, true),
        nodes -> {
          NodeLine line = NodeLine.of(name, nodes);
          Optional<Row> own = line.find(tickets.id(), ask.request());
          if (own.isPresent() && !place.tried()) {
            return tickets.standing(name, place, line, own.get());
          }
          return Steps.then(
              line.learn(ask, row -> tickets.look(name, row)),
              learned -> {
                if (own.isPresent()) {
                  // By an earlier attempt that was not answered: it must not wait.
                  return kept(name, ask, place, learned, own.get().node(), rounds);
                }
                return learned.blockers(ask).isEmpty() && rounds > 0
                    ? tryAppend(name, ask, place, nodes, rounds)
                    : refused(name, ask, place, learned);
              });
        });
  }

  private CompletableFuture<TicketState> refused(
      LockName name, Ask ask, Place place, NodeLine line) {
    if (place.isSettled()) {
      tickets.forget(name, ask.request());
    }
    return Steps.done(line.refused(ask));
  }

  private CompletableFuture<TicketState> tryAppend(
      LockName name, Ask ask, Place place, LineNodes free, int rounds) {
    place.tries();
    return Steps.then(
        append(name, ask, place, free),
        appended -> {
          if (appended.isEmpty()) {
            return tryEnter(name, ask, place, rounds - 1);
          }
          Appended own = appended.get();
          CompletableFuture<NodeLine> learned =
              Steps.then(
                  line(name, ask, own), line -> line.learn(ask, row -> tickets.look(name, row)));
          return orWithdraw(
              name,
              ask,
              own,
              Steps.then(learned, line -> kept(name, ask, place, line, own.own(), rounds)));
        });
  }

  /** Keeps a ticket if it is granted; else somebody was faster, and it must not wait. */
  private CompletableFuture<TicketState> kept(
      LockName name, Ask ask, Place place, NodeLine line, OrderedNode own, int rounds) {
    if (line.isGranted(ask.request())) {
      return standing(name, ask, place, line);
    }
    return Steps.ifFailed(
        Steps.then(tickets.remove(name, own), removed -> tryEnter(name, ask, place, rounds - 1)),
        failure -> CompletableFuture.failedFuture(Steps.afterAnEffect(failure)));
  }

  // ---- a node of one's own

  /** Appends a node; empty if the line has changed since. */
  private CompletableFuture<Optional<Appended>> append(
      LockName name, Ask ask, Place place, @Nullable LineNodes unchangedSince) {
    place.appending();
    String label = Label.of(ask).write();
    byte[] note = Note.of(ask, surroundings.wallMillis()).write();
    return Steps.ifFailed(
        Steps.then(
            Steps.<Optional<Appended>>ask(
                reply -> tickets.session().append(name, label, note, unchangedSince, reply)),
            answer -> {
              place.appended(answer.isPresent() ? row(answer.get()) : null, null);
              return Steps.done(answer);
            }),
        failure -> {
          place.appended(null, failure);
          return CompletableFuture.failedFuture(failure);
        });
  }

  private static Row row(Appended appended) throws StoreException {
    try {
      return Row.of(appended.own()).with(appended.body());
    } catch (Malformed e) {
      throw new StoreException(Kind.UNKNOWN, "the store changed what was appended", e);
    }
  }

  /** The line in which the new node stands, of which everything is known. */
  private CompletableFuture<NodeLine> line(LockName name, Ask ask, Appended appended) {
    return Steps.then(
        Steps.done(appended.line()),
        nodes -> {
          NodeLine line = NodeLine.of(name, nodes).with(appended.own(), appended.body());
          return standsIn(line, ask, appended);
        });
  }

  private CompletableFuture<NodeLine> standsIn(NodeLine line, Ask ask, Appended appended) {
    if (line.find(tickets.id(), ask.request()).isPresent()) {
      return Steps.done(line);
    }
    List<OrderedNode> nodes = appended.line().nodes();
    return nodes.stream().anyMatch(node -> node.key().equals(appended.own().key()))
        ? Steps.failed(
            Kind.REFUSED, "request " + ask.request() + " has a ticket of another session")
        : Steps.failed(Kind.UNKNOWN, "the new ticket was removed at once");
  }

  /** What follows an append; where it is refused, the node that was appended goes. */
  private CompletableFuture<TicketState> orWithdraw(
      LockName name, Ask ask, Appended appended, CompletableFuture<TicketState> step) {
    return Steps.ifFailed(
        step,
        failure -> {
          if (failure.kind() != Kind.REFUSED) {
            return CompletableFuture.failedFuture(Steps.afterAnEffect(failure));
          }
          return Steps.ifFailed(
              Steps.then(
                  tickets.remove(name, appended.own()),
                  removed -> {
                    tickets.forget(name, ask.request());
                    return CompletableFuture.failedFuture(failure);
                  }),
              other ->
                  CompletableFuture.failedFuture(
                      other == failure ? failure : Steps.afterAnEffect(other)));
        });
  }
}
