package io.tyer.store.jdbc;

import io.tyer.line.Ask;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import java.util.Random;

/** Random asks of the kinds that users of one lock would mix, or of all kinds. */
final class WalkAsks {

  private static final String[] OWNERS = {"", "host pid 7 main", " caf\u00e9  \u2028", "'\"\\"};
  private static final int[] CAPACITIES = {Ask.UNBOUNDED, Ask.MAX_PERMITS, 1, 3, 9};

  private final Random random;
  private final int kind;

  WalkAsks(Random random) {
    this.random = random;
    this.kind = random.nextInt(5);
  }

  Ask next(SessionId session) {
    RequestId request = new RequestId(random.nextLong(), random.nextLong());
    String owner = OWNERS[random.nextInt(OWNERS.length)];
    if (isExclusive()) {
      return Ask.exclusive(session, request, owner, random.nextBoolean());
    }
    int capacity = capacity();
    return Ask.shared(session, request, owner, weight(capacity), capacity, random.nextBoolean());
  }

  private boolean isExclusive() {
    return switch (kind) {
      case 0 -> true;
      case 1 -> random.nextInt(100) < 30;
      case 2 -> false;
      default -> random.nextInt(100) < 15;
    };
  }

  int capacity() {
    return switch (kind) {
      case 0, 1 -> Ask.UNBOUNDED;
      case 2 -> 5;
      default -> CAPACITIES[random.nextInt(CAPACITIES.length)];
    };
  }

  int weight(int capacity) {
    return 1 + random.nextInt(Math.min(capacity, 3));
  }
}
