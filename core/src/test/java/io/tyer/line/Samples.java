package io.tyer.line;

import java.util.List;
import java.util.Random;

/** Lines to write down. */
final class Samples {

  private Samples() {}

  static final SessionId SESSION = SessionId.parse("0f0e0d0c0b0a09080706050403020100");
  static final RequestId REQUEST = RequestId.parse("fedcba98765432100123456789abcdef");

  /** A mutex held and revoked, and one of five permits behind it. */
  static Line two() {
    Ticket first =
        new Ticket(
            41, SESSION, REQUEST, "host \"a\\b\"", true, 1, 1, true, true, 1_767_225_600_000L);
    Ticket second =
        new Ticket(300, SESSION, new RequestId(0, 1), "caf\u00e9", false, 2, 500, false, false, -1);
    return Line.of(70_000, List.of(first, second));
  }

  static List<Line> few() {
    return List.of(
        Line.empty(0),
        Line.empty(Ticket.MAX_NUMBER),
        two(),
        random(new Random(1), 5),
        random(new Random(2), 30));
  }

  static Line random(Random random, int length) {
    RandomAsks asks = RandomAsks.mixed(random);
    Line line = Line.empty(random.nextInt(1 << random.nextInt(30)));
    for (int i = 0; i < length; i++) {
      long atLeast = line.last() + random.nextInt(1 << random.nextInt(20));
      line = line.enter(asks.next(), atLeast, random.nextLong()).line();
      if (random.nextInt(4) == 0) {
        line = line.revoke(line.last()).line();
      }
    }
    return line;
  }

  /** That both are one line, not only by their tickets. */
  static boolean same(Line one, Line other) {
    return one.equals(other)
        && one.tickets().stream()
            .allMatch(t -> one.check(t.number()).equals(other.check(t.request())));
  }
}
