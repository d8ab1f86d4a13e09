package io.tyer.line;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The line as its design says it in words: a list, and loops. It shares no idea with {@link Line}
 * but the words, and is what {@link Line} is held to.
 */
final class NaiveLine {

  long last;
  List<Ticket> tickets = new ArrayList<>();

  NaiveLine(long floor) {
    last = floor;
  }

  /** Whether the ticket is granted if these, in this order, are ahead of it. */
  static boolean fits(List<Ticket> ahead, Ticket ticket) {
    if (ticket.exclusive()) {
      return ahead.isEmpty();
    }
    for (Ticket other : ahead) {
      if (other.exclusive()) {
        return false;
      }
    }
    if (ticket.capacity() == Ask.UNBOUNDED) {
      return true;
    }
    int weights = ticket.weight();
    for (Ticket other : ahead) {
      weights += other.weight();
    }
    return weights <= ticket.capacity();
  }

  List<Ticket> ahead(Ticket ticket) {
    return tickets.stream().filter(t -> t.number() < ticket.number()).toList();
  }

  boolean isGranted(Ticket ticket) {
    return fits(ahead(ticket), ticket);
  }

  List<Ticket> granted() {
    List<Ticket> granted = new ArrayList<>();
    for (int i = 0; i < tickets.size(); i++) {
      if (fits(tickets.subList(0, i), tickets.get(i))) {
        granted.add(tickets.get(i));
      }
    }
    return granted;
  }

  /** What blocks the ticket, as the words of the design have it, in line order. */
  List<Ticket> blockers(Ticket ticket) {
    List<Ticket> ahead = new ArrayList<>(ahead(ticket));
    if (fits(ahead, ticket)) {
      return List.of();
    }
    if (ticket.exclusive()) {
      return List.of(ahead.get(ahead.size() - 1));
    }
    List<Ticket> exclusive = ahead.stream().filter(Ticket::exclusive).toList();
    if (!exclusive.isEmpty()) {
      return List.of(exclusive.get(exclusive.size() - 1));
    }
    ahead.sort(Comparator.comparing(Ticket::weight).thenComparing(Ticket::number).reversed());
    int size = 1;
    while (fits(ahead.subList(0, size), ticket)) {
      size++;
    }
    return ahead.subList(0, size).stream().sorted(Comparator.comparing(Ticket::number)).toList();
  }

  @Nullable Ticket byRequest(RequestId request) {
    return tickets.stream().filter(t -> t.request().equals(request)).findFirst().orElse(null);
  }

  @Nullable Ticket byNumber(long number) {
    return tickets.stream().filter(t -> t.number() == number).findFirst().orElse(null);
  }

  /** The ticket this ask would get. */
  Ticket next(Ask ask, long atLeast, long now) {
    long number = atLeast > last ? atLeast : last + 1;
    return Ticket.of(ask, number, now);
  }

  void add(Ticket ticket) {
    tickets.add(ticket);
    last = ticket.number();
  }

  /** Removes those; the answer is who is granted by it, whose since is set. */
  List<Ticket> remove(Predicate<Ticket> which, long now) {
    return change(() -> tickets.removeIf(which), now);
  }

  /** Puts a ticket in another's place; the answer is who is granted by it, whose since is set. */
  List<Ticket> replace(Ticket old, Ticket with, long now) {
    return change(() -> tickets.set(tickets.indexOf(old), with), now);
  }

  private List<Ticket> change(Runnable change, long now) {
    var before = granted().stream().map(Ticket::number).collect(Collectors.toSet());
    change.run();
    List<Ticket> newly = new ArrayList<>();
    for (Ticket ticket : granted()) {
      if (!before.contains(ticket.number())) {
        Ticket dated =
            new Ticket(
                ticket.number(),
                ticket.session(),
                ticket.request(),
                ticket.owner(),
                ticket.exclusive(),
                ticket.weight(),
                ticket.capacity(),
                ticket.recallable(),
                ticket.revoked(),
                now);
        tickets.set(tickets.indexOf(ticket), dated);
        newly.add(dated);
      }
    }
    return newly;
  }
}
