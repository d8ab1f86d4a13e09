package io.tyer.line;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The tickets of one lock, in order: an immutable value. An operation answers with the line that
 * follows and with what it did; it never changes this one.
 *
 * <p>Who is granted follows from the tickets alone, by the rule in the {@linkplain io.tyer.line
 * package's description}: exclusion (S1) and order (S4) are nothing but that. The weights ahead of
 * a ticket only ever shrink, so a granted ticket stays granted until it leaves. Numbers only rise
 * (S2): {@link #last} outlives the tickets, and whoever forgets an empty line keeps it as the floor
 * of the next.
 *
 * <p>Times are milliseconds of the store's wall clock; they are kept for people, and nothing is
 * decided by them. Apart from {@link #tickets}, {@link #drop}, {@link #equals} and {@link
 * #hashCode}, which walk the line, an operation's cost grows with the logarithm of the length (and
 * with the number of tickets it answers with).
 */
@CheckReturnValue
public final class Line {

  /** The most tickets a line can hold. */
  public static final int MAX_LENGTH = 1 << 20;

  private final long last;
  private final @Nullable Node root;
  private final RequestIndex requests;

  private Line(long last, @Nullable Node root, RequestIndex requests) {
    this.last = last;
    this.root = root;
    this.requests = requests;
  }

  /**
   * The line without tickets of which every number will be larger than the floor.
   *
   * @param floor a number at least as large as every one the line ever gave out; 0 for a new line
   * @throws IllegalArgumentException if the floor is negative or above {@link Ticket#MAX_NUMBER}
   */
  public static Line empty(long floor) {
    if (floor < 0 || floor > Ticket.MAX_NUMBER) {
      throw new IllegalArgumentException("a floor is 0 to " + Ticket.MAX_NUMBER + ", not " + floor);
    }
    return new Line(floor, null, RequestIndex.EMPTY);
  }

  /**
   * The line with these tickets.
   *
   * @throws IllegalArgumentException if they are too many, out of order, above {@code last}, or if
   *     two have the same request
   */
  public static Line of(long last, List<Ticket> tickets) {
    Line empty = empty(last);
    if (tickets.size() > MAX_LENGTH) {
      throw new IllegalArgumentException("more than " + MAX_LENGTH + " tickets");
    }
    RequestIndex requests = empty.requests;
    long previous = 0;
    for (Ticket ticket : tickets) {
      if (ticket.number() <= previous) {
        throw new IllegalArgumentException(
            "ticket " + ticket.number() + " comes after ticket " + previous);
      }
      if (requests.find(ticket.request()) >= 0) {
        throw new IllegalArgumentException("two tickets of request " + ticket.request());
      }
      requests = requests.with(ticket);
      previous = ticket.number();
    }
    if (previous > last) {
      throw new IllegalArgumentException(
          "ticket " + previous + " in a line that has given out numbers up to " + last);
    }
    return new Line(last, Node.build(tickets), requests);
  }

  /** The largest number ever given out, or the floor if it is larger. */
  public long last() {
    return last;
  }

  /** How many tickets there are. */
  public int length() {
    return Node.size(root);
  }

  /** Whether there is no ticket. */
  public boolean isEmpty() {
    return root == null;
  }

  /** All tickets in order, in an unmodifiable list. */
  public List<Ticket> tickets() {
    Ticket[] tickets = new Ticket[length()];
    int[] next = {0};
    Node.forEach(root, node -> tickets[next[0]++] = node.ticket);
    return Collections.unmodifiableList(Arrays.asList(tickets));
  }

  /** The ticket with this number, or empty if it has left or never was. */
  public Optional<Ticket> find(long number) {
    Node node = Node.find(root, number);
    return node == null ? Optional.empty() : Optional.of(node.ticket);
  }

  /** The ticket of this request, or empty if it has left or never was. */
  public Optional<Ticket> find(RequestId request) {
    return find(requests.find(request));
  }

  /** Whether the ticket with this number is here and granted. */
  public boolean isGranted(long number) {
    Node node = Node.find(root, number);
    return node != null && node.granted;
  }

  /**
   * Takes a ticket at the end, granted or not. A request that already has a ticket finds it again
   * as it is, and the line is unchanged.
   *
   * @param atLeast the smallest number the ticket may get: it gets this one or, if larger, the one
   *     after {@link #last}
   * @param nowMillis the ticket's {@code since}
   * @throws LineFullException if the line has {@link #MAX_LENGTH} tickets or the number would
   *     exceed {@link Ticket#MAX_NUMBER}
   * @throws IllegalArgumentException if the request has a ticket of another session: ids are not
   *     shared, and nobody may hold by another's ticket
   */
  public Entered enter(Ask ask, long atLeast, long nowMillis) {
    return enter(ask, atLeast, nowMillis, MAX_LENGTH);
  }

  /**
   * The same, for whoever does not need all blockers of a semaphore with many permits, which would
   * cost as much as there are.
   *
   * @param most as in {@link #check(long, int)}
   */
  public Entered enter(Ask ask, long atLeast, long nowMillis, int most) {
    Entered again = findAgain(ask, most);
    return again != null ? again : append(ask, atLeast, nowMillis, most);
  }

  /**
   * Takes a ticket at the end only if it is granted there at once; else it is {@linkplain
   * Entered#refused refused}, and the line is unchanged. A try does not barge: tickets ahead that
   * wait are in its way like those that are granted. A request that already has a ticket finds it
   * again as it is, granted or waiting.
   *
   * @param atLeast as in {@link #enter}
   * @param nowMillis as in {@link #enter}
   * @throws LineFullException as in {@link #enter}, if the ticket would have been granted
   * @throws IllegalArgumentException as in {@link #enter}
   */
  public Entered tryEnter(Ask ask, long atLeast, long nowMillis) {
    return tryEnter(ask, atLeast, nowMillis, MAX_LENGTH);
  }

  /**
   * The same, for whoever does not need all blockers.
   *
   * @param most as in {@link #check(long, int)}
   */
  public Entered tryEnter(Ask ask, long atLeast, long nowMillis, int most) {
    Entered again = findAgain(ask, most);
    if (again != null) {
      return again;
    }
    long room = Rule.room(ask.exclusive(), ask.weight(), ask.capacity());
    if (Rule.granted(Node.weight(root), room)) {
      return append(ask, atLeast, nowMillis, most);
    }
    List<Ticket> blockers = Blockers.of(root, Long.MAX_VALUE, ask.exclusive(), room, most);
    return new Entered(this, null, false, blockers, length());
  }

  private @Nullable Entered findAgain(Ask ask, int most) {
    Node node = Node.find(root, requests.find(ask.request()));
    if (node == null) {
      return null;
    }
    Ticket ticket = node.ticket;
    if (!ticket.session().equals(ask.session())) {
      throw new IllegalArgumentException(
          "request " + ask.request() + " has ticket " + ticket.number() + " of another session");
    }
    int ahead = Node.ahead(root, ticket.number());
    return new Entered(this, ticket, node.granted, blockersOf(node, most), ahead);
  }

  private Entered append(Ask ask, long atLeast, long nowMillis, int most) {
    int ahead = length();
    if (ahead >= MAX_LENGTH) {
      throw new LineFullException("the line is full: it has " + MAX_LENGTH + " tickets");
    }
    long number = Math.max(atLeast, last + 1);
    if (number > Ticket.MAX_NUMBER) {
      throw new LineFullException(
          "the line has no more numbers: the next would be "
              + number
              + ", the largest is "
              + Ticket.MAX_NUMBER);
    }
    Ticket ticket = Ticket.of(ask, number, nowMillis);
    long room = Rule.room(ticket);
    boolean granted = Rule.granted(Node.weight(root), room);
    List<Ticket> blockers =
        granted ? List.of() : Blockers.of(root, number, ticket.exclusive(), room, most);
    Line line = new Line(number, Node.append(root, ticket, granted), requests.with(ticket));
    return new Entered(line, ticket, granted, blockers, ahead);
  }

  /** Removes the ticket with this number; without one, the line is unchanged. */
  public Changed leave(long number, long nowMillis) {
    Node node = Node.find(root, number);
    return node == null ? unchanged(false) : without(node.ticket, nowMillis);
  }

  /** Removes the ticket of this request; without one, the line is unchanged. */
  public Changed leave(RequestId request, long nowMillis) {
    return leave(requests.find(request), nowMillis);
  }

  private Changed without(Ticket ticket, long nowMillis) {
    Node rest = Node.remove(root, ticket.number());
    return settled(rest, requests.without(ticket.request()), List.of(ticket), nowMillis);
  }

  /**
   * Removes every ticket whose session is dead; without one, the line is unchanged.
   *
   * @param dead asked once about each ticket's session, in line order
   */
  public Changed drop(Predicate<SessionId> dead, long nowMillis) {
    List<Ticket> removed = new ArrayList<>();
    Node.forEach(
        root,
        node -> {
          if (dead.test(node.ticket.session())) {
            removed.add(node.ticket);
          }
        });
    if (removed.isEmpty()) {
      return unchanged(false);
    }
    Node rest = root;
    RequestIndex index = requests;
    for (Ticket ticket : removed) {
      rest = Node.remove(rest, ticket.number());
      index = index.without(ticket.request());
    }
    return settled(rest, index, Collections.unmodifiableList(removed), nowMillis);
  }

  /**
   * Makes a granted exclusive ticket a shared one, in place: it keeps its number and stays granted,
   * and those behind that fit beside it now are granted. A ticket that is already shared with this
   * weight and capacity is found and unchanged, so this can be retried; an unknown number is not
   * {@linkplain Changed#found found}.
   *
   * @throws IllegalArgumentException if no shared ticket can have this weight and capacity, see
   *     {@link Ask}
   * @throws IllegalStateException if the ticket waits, or is shared with another weight or capacity
   */
  public Changed weaken(long number, int weight, int capacity, long nowMillis) {
    Ask.checkWeight(false, weight, capacity);
    Node node = Node.find(root, number);
    if (node == null) {
      return unchanged(false);
    }
    Ticket ticket = node.ticket;
    if (!node.granted) {
      throw new IllegalStateException("ticket " + number + " waits: only a granted one can weaken");
    }
    if (ticket.exclusive()) {
      Node weaker = Node.replace(root, ticket.weakened(weight, capacity), true);
      return settled(weaker, requests, List.of(), nowMillis);
    }
    if (ticket.weight() != weight || ticket.capacity() != capacity) {
      throw new IllegalStateException(
          "ticket " + number + " is shared already, with another weight or capacity");
    }
    return unchanged(true);
  }

  /**
   * Marks the ticket with this number as revoked: nothing else changes, its holder is to be told
   * and to leave. One that is marked is found and unchanged; an unknown number is not {@linkplain
   * Changed#found found}.
   */
  public Changed revoke(long number) {
    Node node = Node.find(root, number);
    if (node == null || node.ticket.revoked()) {
      return unchanged(node != null);
    }
    Node marked = Node.replace(root, node.ticket.revokedNow(), node.granted);
    return new Changed(new Line(last, marked, requests), List.of(), List.of(), true);
  }

  private Changed unchanged(boolean found) {
    return new Changed(this, List.of(), List.of(), found);
  }

  private Changed settled(
      @Nullable Node tree, RequestIndex index, List<Ticket> removed, long nowMillis) {
    List<Ticket> granted = new ArrayList<>(0);
    Node settled = Node.settle(tree, 0, nowMillis, granted);
    Line line = new Line(last, settled, index);
    return new Changed(line, removed, Collections.unmodifiableList(granted), true);
  }

  /** Where the ticket with this number stands. */
  public Standing check(long number) {
    return check(number, MAX_LENGTH);
  }

  /**
   * Where the ticket with this number stands.
   *
   * @param most if more tickets block it, only so many of them are told, the heaviest and, of
   *     equally heavy ones, the nearest; at least 1
   */
  public Standing check(long number, int most) {
    Node node = Node.find(root, number);
    if (node == null) {
      return new Standing.Gone();
    }
    int ahead = Node.ahead(root, number);
    return node.granted
        ? new Standing.Granted(node.ticket, length() - ahead - 1)
        : new Standing.Waiting(node.ticket, blockersOf(node, most), ahead);
  }

  /** Where the ticket of this request stands. */
  public Standing check(RequestId request) {
    return check(requests.find(request));
  }

  private List<Ticket> blockersOf(Node node, int most) {
    Ticket ticket = node.ticket;
    return node.granted
        ? List.of()
        : Blockers.of(root, ticket.number(), ticket.exclusive(), Rule.room(ticket), most);
  }

  /** Whether the other is a line of the same tickets that gave out the same last number. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Line line
        && last == line.last
        && length() == line.length()
        && tickets().equals(line.tickets());
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(last) + tickets().hashCode();
  }

  /** A summary for people; {@link LineText} writes the whole line. */
  @Override
  public String toString() {
    return "Line[last=" + last + ", length=" + length() + "]";
  }

  /**
   * What became of somebody who entered.
   *
   * @param line the line that follows
   * @param ticket the ticket, new or found again; null if a try was refused
   * @param granted whether the ticket is granted
   * @param blockers what blocks the ticket, or would block the one that was refused, as in {@link
   *     Standing.Waiting}; empty if granted
   * @param ahead how many tickets are ahead of it, or would be
   */
  public record Entered(
      Line line, @Nullable Ticket ticket, boolean granted, List<Ticket> blockers, int ahead) {

    /** Whether a try was refused, so that there is no ticket. */
    public boolean refused() {
      return ticket == null;
    }
  }

  /**
   * What became of a line that somebody left or changed.
   *
   * @param line the line that follows; the same object if nothing changed
   * @param removed the tickets that left, as they were, in order
   * @param granted the tickets that waited before and are granted now, in order, {@code since} now
   * @param found whether there was a ticket that it was about, even if that was unchanged
   */
  public record Changed(Line line, List<Ticket> removed, List<Ticket> granted, boolean found) {}

  /** Where a ticket stands. */
  public sealed interface Standing {

    /**
     * It is granted.
     *
     * @param behind how many tickets are behind it
     */
    record Granted(Ticket ticket, int behind) implements Standing {}

    /**
     * It waits.
     *
     * @param blockers a smallest set of tickets ahead that alone still blocks it, in line order:
     *     while all of them stay in the line unweakened, it waits. For an exclusive ticket the
     *     nearest one ahead; for a shared one the nearest exclusive one ahead or, if there is none,
     *     the fewest whose weights with its own exceed its capacity: the heaviest and, of equally
     *     heavy ones, the nearest
     * @param ahead how many tickets are ahead of it
     */
    record Waiting(Ticket ticket, List<Ticket> blockers, int ahead) implements Standing {}

    /** It has left, or never was. */
    record Gone() implements Standing {}
  }
}
