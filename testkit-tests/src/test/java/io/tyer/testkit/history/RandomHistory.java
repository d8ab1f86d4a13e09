package io.tyer.testkit.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A short history of one name, made by a small lock service that keeps the rule, with holders that
 * release, expire, are revoked, paused or killed. Instants are small numbers, so that many
 * coincide.
 */
final class RandomHistory {

  static final long UNWRITTEN = 4;

  private final Random random;
  private final List<Event> events = new ArrayList<>();
  private final List<Ticket> line = new ArrayList<>();
  private final List<Ticket> granted = new ArrayList<>();

  private RandomHistory(Random random) {
    this.random = random;
  }

  /** A place in the line; {@code to} is when the service lets the next one come. */
  static final class Ticket {
    final int process;
    final long called;
    int weight;
    int capacity;
    long token;
    long from = -1;
    long to;
    long weakened = Long.MAX_VALUE;

    Ticket(int process, long called, int weight, int capacity) {
      this.process = process;
      this.called = called;
      this.weight = weight;
      this.capacity = capacity;
    }
  }

  /** The events, and what the service knows of those that were granted. */
  record Made(List<Event> events, List<Ticket> granted) {}

  static Made of(Random random) {
    RandomHistory history = new RandomHistory(random);
    history.run();
    return new Made(history.events, history.granted);
  }

  private int below(int bound) {
    return random.nextInt(bound);
  }

  private boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  private void run() {
    int style = below(5);
    int permits = 2 + below(2);
    int span = 5 + below(40);
    List<Ticket> coming = new ArrayList<>();
    for (int process = 1; process <= 2 + below(6); process++) {
      boolean exclusive = style == 0 || (style % 2 == 1 && chance(0.5)) || chance(0.1);
      boolean reads = style == 1 || (style == 3 && chance(0.5));
      int most = style == 4 ? 1 + below(4) : permits;
      int capacity = exclusive ? 0 : reads ? Integer.MAX_VALUE : most;
      int weight = exclusive ? 0 : reads ? 1 : 1 + below(most);
      coming.add(new Ticket(process, below(span), weight, capacity));
    }
    long number = below(5);
    for (long now = 0; now < 400; now++) {
      long at = now;
      for (Ticket ticket : line) {
        if (ticket.weakened <= now) {
          ticket.weight = 1;
          ticket.capacity = Integer.MAX_VALUE;
        }
      }
      line.removeIf(ticket -> ticket.from >= 0 && ticket.to <= at);
      for (Ticket ticket : coming) {
        if (ticket.called == now) {
          ticket.token = number += 1 + below(2);
          line.add(ticket);
          add(ticket, now, What.ACQUIRE, 0, "");
        }
      }
      serve(now);
    }
  }

  private void serve(long now) {
    List<int[]> ahead = new ArrayList<>();
    for (Ticket ticket : List.copyOf(line)) {
      if (ticket.from < 0) {
        boolean exclusiveAhead = ahead.stream().anyMatch(it -> it[0] == 0);
        long sum = ahead.stream().mapToLong(it -> it[0]).sum() + ticket.weight;
        boolean fits =
            ticket.weight == 0 ? ahead.isEmpty() : !exclusiveAhead && sum <= ticket.capacity;
        if (fits) {
          ticket.from = now;
          grant(ticket, now);
        }
      }
      ahead.add(new int[] {ticket.weight, ticket.capacity});
    }
  }

  private void grant(Ticket ticket, long now) {
    long returned = now + below(4) * (long) below(2);
    double dice = random.nextDouble();
    if (dice < 0.08) {
      // Nobody learns of it; it stays for a while.
      What outcome = List.of(What.BUSY, What.FAILED, What.UNKNOWN, What.KILLED).get(below(4));
      add(ticket, returned, outcome, 0, "");
      ticket.to = returned + below(5);
      return;
    }
    granted.add(ticket);
    add(ticket, returned, What.GRANTED, 0, "");
    if (dice < 0.5) {
      releases(ticket, returned);
    } else if (dice < 0.7) {
      expires(ticket, returned);
    } else if (dice < 0.8) {
      isRevoked(ticket, returned);
    } else {
      isKilled(ticket, returned);
    }
  }

  private void releases(Ticket ticket, long returned) {
    long release = returned + below(9);
    long deadline = release + below(12) - 1;
    valid(ticket, returned, release, deadline);
    if (chance(0.1)) {
      // Unproved for a moment, after which it is valid again.
      add(ticket, returned + below((int) (release - returned) + 1), What.INVALID, 0, "");
    }
    if (ticket.weight == 0 && release > returned && chance(0.3)) {
      long from = returned + 1 + below((int) (release - returned));
      add(ticket, from, What.DOWNGRADE, 0, "");
      ticket.weakened = from + below(2);
    }
    add(ticket, release, What.RELEASE, 0, "");
    ticket.to = release + below(3);
  }

  private void expires(Ticket ticket, long returned) {
    long deadline = Math.max(ticket.from, returned + below(10) - 3);
    valid(ticket, returned, deadline, deadline);
    if (chance(0.5)) {
      add(ticket, Math.max(returned, deadline + below(4)), What.INVALID, 0, "");
    }
    if (chance(0.5)) {
      add(ticket, Math.max(returned, deadline + below(4)), What.LOST, 0, "UNPROVED");
    }
    if (chance(0.5)) {
      add(ticket, Math.max(returned, deadline + below(9)), What.RELEASE, 0, "");
    }
    ticket.to = deadline + below(3);
  }

  private void isRevoked(Ticket ticket, long returned) {
    long lost = returned + below(8);
    valid(ticket, returned, lost, lost + below(10));
    add(ticket, lost + below(4), What.LOST, 0, "REVOKED");
    if (chance(0.5)) {
      add(ticket, lost + below(4), What.INVALID, 0, "");
    }
    ticket.to = lost + below(2);
  }

  private void isKilled(Ticket ticket, long returned) {
    long ran = returned + below(8);
    boolean paused = chance(0.3);
    long killed = ran + (paused ? below(6) : 0);
    long lost = Math.max(returned, ran - (chance(0.3) ? below((int) UNWRITTEN + 1) : 0));
    valid(ticket, returned, lost, lost + below(10));
    if (paused) {
      add(ticket, ran, What.PAUSED, 0, "");
    }
    add(ticket, killed, What.KILLED, 0, "");
    ticket.to = lost + below(3);
  }

  /** Some proofs, in that time, that it is valid until then. */
  private void valid(Ticket ticket, long from, long to, long deadline) {
    for (int i = below(3); i >= 0 && from < to && from < deadline; i--) {
      long at = from + below((int) (to - from) + 1);
      if (at <= deadline) {
        add(ticket, at, What.VALID, deadline - at, "");
      }
    }
  }

  private void add(Ticket ticket, long at, What what, long validFor, String note) {
    boolean ofProcess = what == What.KILLED || what == What.PAUSED;
    long token =
        (what == What.GRANTED && chance(0.85)) || (what == What.RELEASE && chance(0.5))
            ? ticket.token
            : 0;
    events.add(
        new Event(
            at,
            ticket.process,
            ofProcess ? 0 : 1,
            what,
            ofProcess ? "" : "a",
            what == What.ACQUIRE ? ticket.weight : 0,
            what == What.ACQUIRE ? ticket.capacity : 0,
            token,
            validFor,
            note));
  }
}
