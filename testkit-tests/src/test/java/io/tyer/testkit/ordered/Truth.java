package io.tyer.testkit.ordered;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tyer.line.Ask;
import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
import io.tyer.store.ordered.NodeBody;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a server's nodes say, read by other means than the adapter's. */
final class Truth {

  private Truth() {}

  /** A line as it is. */
  static Line of(OrderedServer server, LockName name) {
    List<Ticket> tickets = new ArrayList<>();
    Set<RequestId> requests = new HashSet<>();
    List<String> labels = server.labels(name);
    List<NodeBody> bodies = server.bodies(name);
    for (int i = 0; i < labels.size(); i++) {
      Ticket ticket = ticket(labels.get(i), bodies.get(i));
      tickets.add(requests.add(ticket.request()) ? ticket : another(ticket));
    }
    return Line.of(tickets.isEmpty() ? 0 : tickets.get(tickets.size() - 1).number(), tickets);
  }

  /** A ticket of the same request, which the line knows once. */
  private static Ticket another(Ticket ticket) {
    return new Ticket(
        ticket.number(),
        ticket.session(),
        new RequestId(ticket.number(), 0),
        ticket.owner(),
        ticket.exclusive(),
        ticket.weight(),
        ticket.capacity(),
        ticket.recallable(),
        ticket.revoked(),
        ticket.since());
  }

  private static Ticket ticket(String label, NodeBody body) {
    String[] parts = label.split("-", -1);
    String[] note = new String(body.content(), UTF_8).split(" ", 5);
    boolean revoked = note[3].contains("revoked");
    String weakened = note[3].replace("revoked", "").replace(",", "").replace("-", "");
    String mode = weakened.isEmpty() ? parts[3] : weakened;
    boolean exclusive = mode.equals("x");
    String[] shares = exclusive ? new String[] {"1", "1"} : mode.substring(1).split("of", 2);
    return new Ticket(
        body.number(),
        SessionId.parse(parts[2]),
        RequestId.parse(parts[1]),
        note[4],
        exclusive,
        Integer.parseInt(shares[0]),
        shares[1].equals("all") ? Ask.UNBOUNDED : Integer.parseInt(shares[1]),
        parts.length == 5,
        revoked,
        Long.parseLong(note[2]));
  }
}
