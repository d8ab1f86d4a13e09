package io.tyer.store.ordered;

import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
import io.tyer.spi.SessionEvents;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.spi.TicketState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The tickets of one session: how they stand, and how they leave. */
final class Tickets {

  private record Key(LockName name, RequestId request) {}

  private final SessionId id;
  private final OrderedSession session;
  private final SessionEvents events;
  private final Map<Key, Place> places = new ConcurrentHashMap<>();

  Tickets(SessionId id, OrderedSession session, SessionEvents events) {
    this.id = id;
    this.session = session;
    this.events = events;
  }

  SessionId id() {
    return id;
  }

  OrderedSession session() {
    return session;
  }

  // ---- places

  /** What is known of a request, or null. */
  @Nullable Place known(LockName name, RequestId request) {
    return places.get(new Key(name, request));
  }

  /** What is known of a request, from now on if not before. */
  Place place(LockName name, RequestId request) {
    return places.computeIfAbsent(
        new Key(name, request),
        key -> new Place(new Watches(session, name, request, new Told(name, request))));
  }

  private final class Told implements Watches.Told {
    private final LockName name;
    private final RequestId request;

    Told(LockName name, RequestId request) {
      this.name = name;
      this.request = request;
    }

    @Override
    public void granted() {
      Place place = known(name, request);
      Row row = place == null ? null : place.row();
      if (row != null) {
        events.granted(name, request, row.numberOr(0));
      }
    }

    @Override
    public void changed() {
      events.changed(name);
    }
  }

  /** Nothing more is to come of a request, as far as is known. */
  void forget(LockName name, RequestId request) {
    Place place = places.remove(new Key(name, request));
    if (place != null) {
      place.watches().end();
    }
  }

  /** The session has ended. */
  void forgetAll() {
    places.keySet().forEach(key -> forget(key.name(), key.request()));
  }

  // ---- calls

  CompletableFuture<LineNodes> nodes(LockName name, boolean fresh) {
    return Steps.ask(reply -> session.read(name, fresh, reply));
  }

  CompletableFuture<NodeLine> read(LockName name, boolean fresh) {
    return Steps.then(nodes(name, fresh), nodes -> Steps.done(NodeLine.of(name, nodes)));
  }

  CompletableFuture<Optional<NodeBody>> look(LockName name, Row row) {
    return Steps.ask(reply -> session.look(name, row.node(), reply));
  }

  CompletableFuture<Boolean> remove(LockName name, OrderedNode node) {
    return Steps.ask(reply -> session.remove(name, node, reply));
  }

  // ---- how a ticket stands

  /**
   * How a ticket stands in its line that was just read. If it waits, all that blocks it is watched,
   * and whoever may merely keep what it waits for is told.
   *
   * @param place what is known of its request; nothing is watched for one that was forgotten since
   * @param own its row there
   */
  CompletableFuture<TicketState> standing(LockName name, Place place, NodeLine line, Row own) {
    if (own.body() == null) {
      return Steps.then(look(name, own), seen -> standing(name, place, line, own, seen));
    }
    if (own.body().number() > Ticket.MAX_NUMBER) {
      return Steps.failed(
          Kind.REFUSED,
          "the store's numbers have come to their end: "
              + own.body().number()
              + " is more than a fencing token can hold");
    }
    place.stands(own);
    for (Row row : line.besides(own)) {
      CompletableFuture<Boolean> unused = remove(name, row.node());
    }
    return Steps.then(
        place.watches().settle(line),
        settled -> {
          TicketState state = settled.state(own);
          recall(name, state);
          return Steps.done(state);
        });
  }

  private CompletableFuture<TicketState> standing(
      LockName name, Place place, NodeLine line, Row own, Optional<NodeBody> seen)
      throws StoreException {
    if (seen.isEmpty()) {
      return gone(name, own.label().request());
    }
    NodeLine looked = line.with(own.node(), seen.get());
    return standing(name, place, looked, looked.find(id, own.label().request()).orElseThrow());
  }

  private CompletableFuture<TicketState> gone(LockName name, RequestId request) {
    forget(name, request);
    return Steps.done(new TicketState.Gone());
  }

  private void recall(LockName name, TicketState state) {
    if (state instanceof TicketState.Waiting waiting
        && TicketState.onlyKept(waiting.ahead(), waiting.blockers())) {
      SessionId keeper = waiting.blockers().get(0).session();
      if (!keeper.equals(id)) {
        // Whether it arrives or not: who keeps a ticket looks at its line at times.
        CompletableFuture<Boolean> unused =
            Steps.ask(reply -> session.tell(keeper, Hint.RECALLED.about(name), reply));
      }
    }
  }

  /** See {@link io.tyer.spi.StoreSession#check}. */
  CompletableFuture<TicketState> check(LockName name, RequestId request) {
    Place place = place(name, request);
    Row row = place.row();
    boolean certain = place.isCertain();
    if (row == null || row.node().body() != null) {
      return Steps.then(read(name, !certain), line -> check(name, request, place, line));
    }
    // What a listing does not tell is asked for along with it.
    CompletableFuture<Optional<NodeBody>> body = look(name, row);
    return Steps.then(
        read(name, !certain),
        line ->
            Steps.then(
                body,
                seen -> check(name, request, place, line.looked(List.of(row), List.of(seen)))));
  }

  private CompletableFuture<TicketState> check(
      LockName name, RequestId request, Place place, NodeLine line) {
    Optional<Row> own = line.find(id, request);
    return own.isPresent() ? standing(name, place, line, own.get()) : gone(name, request);
  }

  // ---- leaving

  /**
   * See {@link io.tyer.spi.StoreSession#leave}. Where a node of the request may have come of an
   * append that was not answered, the line is read for it.
   */
  CompletableFuture<Boolean> leave(LockName name, RequestId request) {
    Place place = known(name, request);
    Row row = place == null ? null : place.row();
    boolean certain = place != null && place.isCertain();
    forget(name, request);
    if (row != null && certain) {
      return remove(name, row.node());
    }
    return Steps.then(
        nodes(name, true),
        line -> {
          // Also where something else stands in the line that cannot be read.
          List<OrderedNode> own =
              line.nodes().stream().filter(node -> Label.isOf(node.label(), id, request)).toList();
          return Steps.then(
              Steps.each(own, node -> remove(name, node)),
              removed -> Steps.done(removed.contains(true)));
        });
  }
}
