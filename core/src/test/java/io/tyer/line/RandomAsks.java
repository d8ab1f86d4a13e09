package io.tyer.line;

import java.util.Random;

/** Random asks: of every kind, or of those that users of one lock would mix. */
final class RandomAsks {

  private static final String[] OWNERS = {
    "", "host-1 pid 77 main", "\"quoted\\\"", "caf\u00e9", "\ud83d\ude82", " ", "\u2028", "\ufffd"
  };

  private final Random random;

  /** The one capacity that all shared tickets have, or 0 if they differ. */
  final int uniformCapacity;

  private final int exclusivePercent;

  private RandomAsks(Random random, int uniformCapacity, int exclusivePercent) {
    this.random = random;
    this.uniformCapacity = uniformCapacity;
    this.exclusivePercent = exclusivePercent;
  }

  static RandomAsks some(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> new RandomAsks(random, 1, 100);
      case 1 -> new RandomAsks(random, Ask.UNBOUNDED, 30);
      case 2 -> new RandomAsks(random, 1 + random.nextInt(6), 0);
      case 3 -> new RandomAsks(random, 1 + random.nextInt(12), 10);
      default -> mixed(random);
    };
  }

  static RandomAsks mixed(Random random) {
    return new RandomAsks(random, 0, 20);
  }

  Ask next() {
    SessionId session = new SessionId(7, random.nextInt(5));
    RequestId request = requestId();
    String owner = OWNERS[random.nextInt(OWNERS.length)];
    if (random.nextInt(100) < exclusivePercent) {
      return Ask.exclusive(session, request, owner, random.nextBoolean());
    }
    int capacity = capacity();
    return Ask.shared(session, request, owner, weight(capacity), capacity, random.nextBoolean());
  }

  int capacity() {
    if (uniformCapacity > 0) {
      return uniformCapacity;
    }
    return switch (random.nextInt(8)) {
      case 0, 1 -> Ask.UNBOUNDED;
      case 2 -> Ask.MAX_PERMITS;
      default -> 1 + random.nextInt(9);
    };
  }

  int weight(int capacity) {
    int most = Math.min(capacity, Ask.MAX_PERMITS);
    return switch (random.nextInt(10)) {
      case 0 -> most;
      case 1, 2, 3 -> 1 + random.nextInt(Math.min(most, 5));
      default -> 1;
    };
  }

  // Ids that differ only far up or far down find the deep ends of the index.
  private RequestId requestId() {
    return switch (random.nextInt(4)) {
      case 0 -> new RequestId(0, random.nextInt());
      case 1 -> new RequestId((long) random.nextInt() << 40, 0);
      default -> new RequestId(random.nextLong(), random.nextLong());
    };
  }
}
