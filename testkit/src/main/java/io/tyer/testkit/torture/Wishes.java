package io.tyer.testkit.torture;

import io.tyer.testkit.torture.Wish.Kind;
import io.tyer.testkit.torture.Wish.Thing;
import io.tyer.testkit.torture.Wish.TokenTime;
import io.tyer.testkit.torture.Wish.Way;
import java.util.List;
import java.util.SplittableRandom;

/** Draws what a thread wants, one wish after the other, the same for the same seed. */
final class Wishes {

  private static final List<Way> FOR_ALL =
      List.of(
          Way.WAIT,
          Way.WAIT,
          Way.UNINTERRUPTIBLY,
          Way.TRY,
          Way.TRY,
          Way.TIMED,
          Way.TIMED,
          Way.RETRY,
          Way.CANCELLED,
          Way.FUTURE);

  /** For so many milliseconds at least somebody who is heedless works on, its maximum hold over. */
  private static final long OVERSTAY = 200;

  private final Names names;
  private final TtlRange ttl;
  private final SplittableRandom random;

  Wishes(Names names, TtlRange ttl, SplittableRandom random) {
    this.names = names;
    this.ttl = ttl;
    this.random = random;
  }

  Wish next() {
    Thing thing = thing();
    Way way = way(thing.kind());
    boolean heedless = way != Way.JAVA_LOCK && chance(0.03);
    long hold = heedless ? OVERSTAY + around(150) : hold();
    boolean interrupted = way == Way.WAIT && chance(0.1);
    return new Wish(
        thing,
        way,
        hold,
        heedless ? 1 + around(8) : maxHold(way, hold),
        around(chance(0.2) ? 1_000 : 100),
        interrupted ? 1 + around(60) : 0,
        heedless
            ? TokenTime.AT_ONCE
            : pick(List.of(TokenTime.AT_ONCE, TokenTime.LATE, TokenTime.NEVER)),
        heedless || chance(0.7),
        heedless,
        around(20));
  }

  private Thing thing() {
    if (!names.pools().isEmpty() && chance(0.2)) {
      Names.Pool pool = pick(names.pools());
      return chance(0.08)
          ? new Thing(Kind.MUTEX, pool.name(), 0, 0)
          : new Thing(
              Kind.SEMAPHORE,
              pool.name(),
              chance(0.7) ? 1 : random.nextInt(1, pool.permits() + 1),
              pool.permits());
    }
    String door = pick(names.doors());
    double dice = random.nextDouble();
    if (dice < 0.45) {
      return new Thing(Kind.MUTEX, door, 0, 0);
    } else if (dice < 0.75) {
      return new Thing(Kind.READ, door, 1, Integer.MAX_VALUE);
    }
    return new Thing(dice < 0.9 ? Kind.WRITE : Kind.DOWNGRADED, door, 0, 0);
  }

  private Way way(Kind kind) {
    boolean hasView = kind == Kind.MUTEX || kind == Kind.READ || kind == Kind.WRITE;
    return hasView && chance(0.15) ? Way.JAVA_LOCK : pick(FOR_ALL);
  }

  private long maxHold(Way way, long hold) {
    return way != Way.JAVA_LOCK && chance(0.03) ? 1 + hold / 2 : 0;
  }

  /** Mostly some milliseconds; sometimes longer than a TTL, which only beats make possible. */
  private long hold() {
    if (chance(0.015)) {
      return ttl.longestMillis() + around(ttl.longestMillis() / 2);
    }
    return chance(0.1) ? around(150) : around(8);
  }

  private boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Mostly near the mean, sometimes several times as much. */
  private long around(long mean) {
    return (long) (mean * Math.min(5, -Math.log(1 - random.nextDouble())));
  }
}
