package io.tyer.testkit.sim;

import io.tyer.line.Line;
import io.tyer.line.Ticket;
import java.util.ArrayList;
import java.util.List;

/**
 * S4: a try is not granted while somebody waits who waited when it was made. Where its client keeps
 * the lock under bias it may be: that others wait is told by a message.
 */
final class TryWatch {

  private final World world;
  private final SimServer server;

  TryWatch(World world, SimServer server) {
    this.world = world;
    this.server = server;
  }

  /** The tickets of other clients that wait, and behind which what is wanted would wait. */
  List<Ticket> inTheWay(Wish wish, SimClient client) {
    Line line = server.line(wish.lock().name());
    List<Ticket> waiting = new ArrayList<>();
    for (Ticket ticket : line.tickets()) {
      SimServer.Known of = server.session(ticket.session());
      boolean waits = !line.isGranted(ticket.number());
      if (waits && of != null && of.client != client && inTheWay(ticket, wish)) {
        waiting.add(ticket);
      }
    }
    return waiting;
  }

  /** Readers fit beside permits, and permits of one lock are all counted by the same capacity. */
  private static boolean inTheWay(Ticket ticket, Wish wish) {
    return switch (wish.mode()) {
      case EXCLUSIVE -> true;
      case READ -> ticket.exclusive();
      case PERMITS -> ticket.exclusive() || ticket.capacity() == wish.lock().permits();
    };
  }

  /** A try has been granted. */
  void granted(Attempt attempt, SimClient client, List<Ticket> waitedBefore) {
    Line line = server.line(attempt.wish.lock().name());
    boolean kept =
        line.tickets().stream()
            .anyMatch(t -> t.session().equals(client.newestSession()) && t.recallable());
    if (kept) {
      return;
    }
    world.tally().count("tries granted");
    for (Ticket ticket : waitedBefore) {
      boolean waits = line.find(ticket.number()).isPresent() && !line.isGranted(ticket.number());
      if (waits && !server.mayForget(ticket.session())) {
        world.broken(new PromiseBroken("S4", attempt + " is granted, and overtakes " + ticket));
      }
    }
  }
}
