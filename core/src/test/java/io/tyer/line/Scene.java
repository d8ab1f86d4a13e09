package io.tyer.line;

import java.util.List;
import java.util.stream.Stream;

/** A line whose tickets are known by name: the owner; each its own session and request. */
final class Scene {

  /** A kind of lock: what its tickets are like. */
  record Kind(boolean exclusive, int weight, int capacity) {}

  static final Kind MUTEX = new Kind(true, 1, 1);
  static final Kind READ = permits(1, Ask.UNBOUNDED);

  private Line line;
  private long now = 1_000;

  Scene(long floor) {
    line = Line.empty(floor);
  }

  static Kind permits(int weight, int capacity) {
    return new Kind(false, weight, capacity);
  }

  static SessionId session(String name) {
    return new SessionId(0x5e55L, name.hashCode());
  }

  static RequestId request(String name) {
    return new RequestId(0x4e9L, name.hashCode());
  }

  static Ask ask(String name, Kind kind) {
    return new Ask(
        session(name), request(name), name, kind.exclusive, kind.weight, kind.capacity, false);
  }

  Line line() {
    return line;
  }

  long now() {
    return now;
  }

  /** Enters, and tells whether the ticket is granted. */
  boolean enter(String name, Kind kind) {
    Line.Entered entered = line.enter(ask(name, kind), 0, ++now);
    line = entered.line();
    return entered.granted();
  }

  /** Tries to enter, and tells whether there is a granted ticket. */
  boolean tryEnter(String name, Kind kind) {
    Line.Entered entered = line.tryEnter(ask(name, kind), 0, ++now);
    line = entered.line();
    return entered.granted();
  }

  /** Leaves, and names those that are granted by that. */
  List<String> leave(String name) {
    return follow(line.leave(number(name), ++now));
  }

  /** Weakens, and names those that are granted by that. */
  List<String> weaken(String name, Kind kind) {
    return follow(line.weaken(number(name), kind.weight, kind.capacity, ++now));
  }

  List<String> follow(Line.Changed changed) {
    line = changed.line();
    return names(changed.granted());
  }

  long number(String name) {
    return ticket(name).number();
  }

  Ticket ticket(String name) {
    return line.find(request(name)).orElseThrow();
  }

  List<String> granted() {
    return names(line.tickets().stream().filter(t -> line.isGranted(t.number())));
  }

  List<String> waiting() {
    return names(line.tickets().stream().filter(t -> !line.isGranted(t.number())));
  }

  /** The names of those that block a waiting one. */
  List<String> blockers(String name) {
    return names(((Line.Standing.Waiting) line.check(number(name))).blockers());
  }

  static List<String> names(List<Ticket> tickets) {
    return names(tickets.stream());
  }

  private static List<String> names(Stream<Ticket> tickets) {
    return tickets.map(Ticket::owner).toList();
  }
}
