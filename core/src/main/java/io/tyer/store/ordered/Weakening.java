package io.tyer.store.ordered;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.Ticket;
import io.tyer.spi.StoreException.Kind;
import io.tyer.spi.TicketState;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Makes an exclusive ticket a shared one, by its note: whoever it blocks watches its node. See
 * {@link io.tyer.spi.StoreSession#weaken}.
 *
 * @param shared what it is to be
 */
record Weakening(Tickets tickets, LockName name, Ask shared, Deadline deadline) {

  CompletableFuture<TicketState> weaken() {
    return Steps.then(
        tickets.read(name, true),
        line -> {
          Optional<Row> own = line.find(tickets.id(), shared.request());
          return own.isEmpty() ? gone() : weaken(line, own.get());
        });
  }

  private CompletableFuture<TicketState> weaken(NodeLine line, Row own) {
    return Steps.then(
        own.body() == null ? tickets.look(name, own) : Steps.done(Optional.of(own.body())),
        seen -> {
          deadline.check();
          if (seen.isEmpty()) {
            return gone();
          }
          return weaken(line.with(own.node(), seen.get()), own.node(), seen.get());
        });
  }

  private CompletableFuture<TicketState> weaken(NodeLine line, OrderedNode node, NodeBody seen) {
    Row own = line.find(tickets.id(), shared.request()).orElseThrow();
    Ticket ticket = own.ticket(1);
    if (!line.isGranted(shared.request())) {
      return Steps.failed(
          Kind.REFUSED, "ticket " + seen.number() + " waits: only a granted one can weaken");
    }
    if (!ticket.exclusive()) {
      return ticket.weight() == shared.weight() && ticket.capacity() == shared.capacity()
          ? Steps.done(line.state(own))
          : Steps.failed(
              Kind.REFUSED,
              "ticket " + seen.number() + " is shared already, with another weight or capacity");
    }
    byte[] note = own.note().weakened(shared.weight(), shared.capacity()).write();
    return Steps.then(
        Steps.<Boolean>ask(reply -> tickets.session().replace(name, node, seen, note, reply)),
        // Somebody marked it meanwhile, or removed it.
        replaced -> replaced ? Steps.done(line.state(own)) : weaken());
  }

  private static CompletableFuture<TicketState> gone() {
    return Steps.done(new TicketState.Gone());
  }
}
