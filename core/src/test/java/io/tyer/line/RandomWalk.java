package io.tyer.line;

import io.tyer.line.Line.Changed;
import io.tyer.line.Line.Entered;
import io.tyer.line.Line.Standing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One random sequence of operations on a line and on its naive model, compared at every step. */
final class RandomWalk {

  final Random random;
  final RandomAsks asks;
  Line line;
  NaiveLine model;

  private final String label;
  private final int enterPercent;
  private final List<Ask> asked = new ArrayList<>();
  private final List<String> history = new ArrayList<>();
  private long largestEver;
  private long now = 1_000;

  /**
   * @param testCase the case whose {@link Seed} it uses
   * @param enterPercent how many of a hundred operations are enters, more or less, and so how long
   *     lines become
   */
  RandomWalk(int testCase, int enterPercent) {
    this.label = Seed.label(testCase);
    this.random = Seed.random(testCase);
    this.asks = RandomAsks.some(random);
    this.enterPercent = enterPercent + random.nextInt(21) - 10;
    startFrom(random.nextInt(3) == 0 ? Math.abs(random.nextLong() >> 14) : 0);
  }

  private void startFrom(long floor) {
    line = Line.empty(floor);
    model = new NaiveLine(floor);
    largestEver = Math.max(largestEver, floor);
  }

  /** One random operation, with all that is promised about it checked. */
  void step() {
    now += random.nextInt(3);
    Set<Long> before = grantedNumbers();
    if (random.nextInt(100) < enterPercent) {
      enter(random.nextInt(4) == 0);
    } else {
      switch (random.nextInt(14)) {
        case 0, 1, 2, 3, 4, 5 -> leaveByNumber();
        case 6, 7 -> leaveByRequest();
        case 8 -> drop();
        case 9, 10 -> weaken();
        case 11 -> revoke();
        case 12 -> reread();
        default -> forget();
      }
    }
    compare();
    before.retainAll(model.tickets.stream().map(Ticket::number).toList());
    expect(grantedNumbers().containsAll(before), true, "what was granted stays granted");
  }

  private void enter(boolean onlyTry) {
    boolean again = !asked.isEmpty() && random.nextInt(8) == 0;
    Ask ask = again ? asked.get(random.nextInt(asked.size())) : asks.next();
    asked.add(ask);
    long atLeast = random.nextInt(3) == 0 ? line.last() - 3 + random.nextInt(9) : 0;
    note(() -> (onlyTry ? "try " : "enter ") + ask + " at least " + atLeast);
    Entered entered = onlyTry ? line.tryEnter(ask, atLeast, now) : line.enter(ask, atLeast, now);

    Ticket own = model.byRequest(ask.request());
    boolean isNew = own == null;
    Ticket ticket = own == null ? model.next(ask, atLeast, now) : own;
    List<Ticket> ahead = model.ahead(ticket);
    boolean granted = NaiveLine.fits(ahead, ticket);
    boolean refused = isNew && onlyTry && !granted;
    expect(entered.blockers(), model.blockers(ticket), "blockers of the ticket entered");
    if (isNew && !refused) {
      model.add(ticket);
      expect(ticket.number() > largestEver, true, "numbers only rise");
      largestEver = ticket.number();
    }
    expect(entered.refused(), refused, "refused");
    expect(entered.ticket(), refused ? null : ticket, "ticket entered");
    expect(entered.granted(), granted, "granted at once");
    expect(entered.ahead(), ahead.size(), "tickets ahead");
    line = entered.line();
  }

  private void leaveByNumber() {
    long number = someNumber();
    note(() -> "leave " + number);
    changed(line.leave(number, now), model.byNumber(number));
  }

  private void leaveByRequest() {
    RequestId request =
        asked.isEmpty() || random.nextInt(9) == 0
            ? new RequestId(random.nextInt(), 1)
            : asked.get(random.nextInt(asked.size())).request();
    note(() -> "leave " + request);
    changed(line.leave(request, now), model.byRequest(request));
  }

  private void changed(Changed changed, @Nullable Ticket leaving) {
    List<Ticket> removed = leaving == null ? List.of() : List.of(leaving);
    removed(changed, removed);
  }

  private void drop() {
    int dead = random.nextInt(6);
    note(() -> "drop " + dead);
    List<Ticket> removed = model.tickets.stream().filter(t -> t.session().low() == dead).toList();
    removed(line.drop(session -> session.low() == dead, now), removed);
  }

  private void removed(Changed changed, List<Ticket> removed) {
    List<Ticket> granted = model.remove(removed::contains, now);
    expect(changed.removed(), removed, "removed");
    expect(changed.granted(), granted, "granted by leaving");
    expect(changed.found(), !removed.isEmpty(), "found");
    expect(isThisLine(changed.line()), removed.isEmpty(), "the same line");
    line = changed.line();
  }

  private void weaken() {
    long number = random.nextBoolean() && !line.isEmpty() ? firstNumber() : someNumber();
    int capacity = asks.capacity();
    int weight = asks.weight(capacity);
    note(() -> "weaken " + number + " to " + weight + "/" + capacity);
    Ticket ticket = model.byNumber(number);
    Changed changed;
    try {
      changed = line.weaken(number, weight, capacity, now);
    } catch (IllegalStateException e) {
      boolean allowed = ticket == null || mayWeaken(ticket, weight, capacity);
      expect(allowed, false, "refused to weaken what may");
      return;
    }
    expect(changed.found(), ticket != null, "found");
    if (ticket == null || !ticket.exclusive()) {
      expect(isThisLine(changed.line()), true, "the same line");
      return;
    }
    expect(model.isGranted(ticket), true, "weakened while it waits");
    expect(
        changed.granted(), model.replace(ticket, ticket.weakened(weight, capacity), now), "weak");
    line = changed.line();
  }

  private boolean mayWeaken(Ticket ticket, int weight, int capacity) {
    boolean same = ticket.weight() == weight && ticket.capacity() == capacity;
    return model.isGranted(ticket) && (ticket.exclusive() || same);
  }

  private void revoke() {
    long number = someNumber();
    note(() -> "revoke " + number);
    Ticket ticket = model.byNumber(number);
    Changed changed = line.revoke(number);
    expect(changed.found(), ticket != null, "found");
    if (ticket != null) {
      expect(model.replace(ticket, ticket.revokedNow(), now), changed.granted(), "by revoking");
    }
    line = changed.line();
  }

  /** Writes the line down and goes on with what was read. */
  private void reread() {
    note(() -> "reread");
    try {
      Line fromBytes = LineCodec.decode(LineCodec.encode(line));
      Line fromText = LineText.read(LineText.write(line));
      expect(fromBytes, line, "read from bytes");
      expect(fromText, line, "read from text");
      line = random.nextBoolean() ? fromBytes : fromText;
    } catch (MalformedLineException e) {
      throw failure("a line cannot be read again", e);
    }
  }

  /** Forgets an emptied line but for its floor. */
  private void forget() {
    if (line.isEmpty()) {
      note(() -> "forget");
      startFrom(line.last() + random.nextInt(3));
    }
  }

  private void compare() {
    expect(line.tickets(), model.tickets, "tickets");
    expect(line.last(), model.last, "last");
    expect(line.length(), model.tickets.size(), "length");
    expect(line.isEmpty(), model.tickets.isEmpty(), "empty");
    List<Ticket> granted = model.granted();
    Set<Long> numbers = granted.stream().map(Ticket::number).collect(Collectors.toSet());
    expect(grantedNumbers(), numbers, "granted");
    if (!model.tickets.isEmpty()) {
      Ticket ticket = model.tickets.get(random.nextInt(model.tickets.size()));
      expect(line.find(ticket.number()).orElse(null), ticket, "found by number");
      expect(line.find(ticket.request()).orElse(null), ticket, "found by request");
      int ahead = model.ahead(ticket).size();
      Standing expected =
          granted.contains(ticket)
              ? new Standing.Granted(ticket, line.length() - ahead - 1)
              : new Standing.Waiting(ticket, model.blockers(ticket), ahead);
      expect(line.check(ticket.number()), expected, "check by number");
      expect(line.check(ticket.request()), expected, "check by request");
    }
  }

  @SuppressWarnings("ReferenceEquality") // An unchanged line is promised to be the same object.
  private boolean isThisLine(Line other) {
    return other == line;
  }

  private long someNumber() {
    return line.isEmpty() || random.nextInt(9) == 0
        ? line.last() + 2 - random.nextInt(6)
        : someKnownNumber();
  }

  private long someKnownNumber() {
    return model.tickets.get(random.nextInt(model.tickets.size())).number();
  }

  private long firstNumber() {
    return model.tickets.get(0).number();
  }

  Set<Long> grantedNumbers() {
    Set<Long> numbers = new HashSet<>();
    for (Ticket ticket : line.tickets()) {
      if (line.isGranted(ticket.number())) {
        numbers.add(ticket.number());
      }
    }
    return numbers;
  }

  private void note(Supplier<String> what) {
    history.add(what.get());
  }

  void expect(@Nullable Object actual, @Nullable Object expected, String what) {
    if (!Objects.equals(actual, expected)) {
      throw failure(what + ": expected " + expected + ", but was " + actual, null);
    }
  }

  private AssertionError failure(String what, @Nullable Throwable cause) {
    String steps = String.join("\n  ", history);
    return new AssertionError(
        label + what + "\nafter\n  " + steps + "\nline\n" + LineText.write(line), cause);
  }
}
