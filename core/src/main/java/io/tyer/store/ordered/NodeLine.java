package io.tyer.store.ordered;

import io.tyer.line.Ask;
import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.spi.TicketState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a line as a {@link Line}, which decides: an immutable value.
 *
 * <p>A medium's listing need not tell numbers, nor that a ticket was weakened or marked: only its
 * order counts here, so that tickets are numbered 1, 2, 3… for {@code Line}, and whatever is told
 * outside gets the nodes' own numbers as far as they were looked at. A ticket of which the body was
 * not seen counts as it was entered. It can only have become weaker: who is granted by that is
 * granted, and who waits by that has to look at what blocks it.
 *
 * <p>A request may have several nodes, where an append was made again while the first one was still
 * on its way. All of them count, since whoever was granted by what stands ahead must stay so
 * whichever of them goes first; the request's ticket is the first of them.
 */
final class NodeLine {

  private final LockName name;
  private final List<Row> rows;
  private final Line line;

  private NodeLine(LockName name, List<Row> rows) {
    this.name = name;
    this.rows = rows;
    List<Ticket> tickets = new ArrayList<>(rows.size());
    Set<RequestId> requests = new HashSet<>();
    for (Row row : rows) {
      int number = tickets.size() + 1;
      RequestId request = row.label().request();
      // For Line, which knows a request once.
      RequestId id = requests.add(request) ? request : new RequestId(~request.high(), number);
      tickets.add(row.ticket(number, id));
    }
    this.line = Line.of(tickets.size(), tickets);
  }

  /** The line as it was read; REFUSED if a node is no ticket that this release can read. */
  static NodeLine of(LockName name, LineNodes nodes) throws StoreException {
    List<Row> rows = new ArrayList<>(nodes.nodes().size());
    for (OrderedNode node : nodes.nodes()) {
      try {
        rows.add(Row.of(node));
      } catch (Malformed e) {
        throw refused(name, node, e);
      }
    }
    try {
      return new NodeLine(name, rows);
    } catch (IllegalArgumentException e) {
      throw new StoreException(Kind.REFUSED, "the line of " + name + " is none: " + e.getMessage());
    }
  }

  private static StoreException refused(LockName name, OrderedNode node, Malformed why) {
    return new StoreException(
        Kind.REFUSED,
        "in the line of lock "
            + name
            + " stands the node "
            + node.key()
            + ", which is no ticket that this release can read: "
            + why.getMessage(),
        why);
  }

  /** The nodes, in order. */
  List<Row> rows() {
    return rows;
  }

  /** What else a session's request has appended, besides its ticket. */
  List<Row> besides(Row own) {
    return rows.stream()
        .filter(row -> row.isOf(own.label().session(), own.label().request()))
        .filter(row -> !row.key().equals(own.key()))
        .toList();
  }

  /** The ticket of a session's request. */
  Optional<Row> find(SessionId session, RequestId request) {
    return line.find(request).map(this::row).filter(row -> row.isOf(session, request));
  }

  /** The same line with what was seen of some nodes: nothing of those that have gone. */
  NodeLine looked(List<Row> looked, List<Optional<NodeBody>> seen) throws StoreException {
    NodeLine after = this;
    for (int i = 0; i < looked.size(); i++) {
      OrderedNode node = looked.get(i).node();
      Optional<NodeBody> body = seen.get(i);
      after = body.isPresent() ? after.with(node, body.get()) : after.without(node.key());
    }
    return after;
  }

  /** The same line without a node that has gone since; this one if it is not there. */
  NodeLine without(String key) {
    return changed(row -> row.key().equals(key) ? null : row);
  }

  /** The same line with a node as it was looked at. */
  NodeLine with(OrderedNode node, NodeBody seen) throws StoreException {
    for (Row row : rows) {
      if (row.key().equals(node.key())) {
        Row looked = looked(name, row, seen);
        return changed(other -> other.key().equals(row.key()) ? looked : other);
      }
    }
    return this;
  }

  /** A row with what was seen; REFUSED if that is nothing that this release can read. */
  static Row looked(LockName name, Row row, NodeBody seen) throws StoreException {
    try {
      return row.with(seen);
    } catch (Malformed e) {
      throw refused(name, row.node(), e);
    }
  }

  @SuppressWarnings("ReferenceEquality") // whether any row was changed
  private NodeLine changed(Function<Row, @Nullable Row> change) {
    List<Row> after = new ArrayList<>(rows.size());
    boolean any = false;
    for (Row row : rows) {
      Row then = change.apply(row);
      any |= then != row;
      if (then != null) {
        after.add(then);
      }
    }
    return any ? new NodeLine(name, after) : this;
  }

  /**
   * This line with what is learned by looking at exclusive tickets that block a shared one: they
   * may have become weaker, and then something else may block it, until nothing is new.
   */
  CompletableFuture<NodeLine> learn(
      Ask ask, Function<Row, CompletableFuture<Optional<NodeBody>>> look) {
    List<Row> unread =
        ask.exclusive()
            ? List.of()
            : blockers(ask).stream()
                .filter(row -> row.body() == null && row.label().exclusive())
                .toList();
    return unread.isEmpty()
        ? Steps.done(this)
        : Steps.then(Steps.each(unread, look), seen -> looked(unread, seen).learn(ask, look));
  }

  // ---- what Line says

  /** Whether the ticket of a request is here and granted. */
  boolean isGranted(RequestId request) {
    return line.check(request) instanceof Line.Standing.Granted;
  }

  /** Which of the nodes are granted, in order. */
  List<Boolean> granted() {
    return line.tickets().stream().map(ticket -> line.isGranted(ticket.number())).toList();
  }

  /** What alone still blocks a ticket; nothing if it is granted or not there. */
  List<Row> blockers(RequestId request) {
    return line.check(request) instanceof Line.Standing.Waiting waiting
        ? waiting.blockers().stream().map(this::row).toList()
        : List.of();
  }

  /** What blocks a ticket, or would block it where it does not stand here yet. */
  List<Row> blockers(Ask ask) {
    return line.tryEnter(ask, 0, 0).blockers().stream().map(this::row).toList();
  }

  /** That such a ticket would have to wait. */
  TicketState.Refused refused(Ask ask) {
    Line.Entered entered = line.tryEnter(ask, 0, 0);
    return new TicketState.Refused(entered.ahead(), told(entered.blockers()));
  }

  /** How a ticket stands that was looked at. */
  TicketState state(Row own) {
    Line.Standing standing = line.check(own.label().request());
    if (standing instanceof Line.Standing.Granted granted) {
      return new TicketState.Granted(own.numberOr(0), granted.ticket().revoked(), granted.behind());
    }
    if (standing instanceof Line.Standing.Waiting waiting) {
      return new TicketState.Waiting(own.numberOr(0), waiting.ahead(), told(waiting.blockers()));
    }
    return new TicketState.Gone();
  }

  private List<Ticket> told(List<Ticket> tickets) {
    return tickets.stream()
        .map(
            ticket -> {
              Row row = row(ticket);
              return row.ticket(Math.min(row.numberOr(ticket.number()), Ticket.MAX_NUMBER));
            })
        .toList();
  }

  private Row row(Ticket ticket) {
    return rows.get((int) ticket.number() - 1);
  }
}
