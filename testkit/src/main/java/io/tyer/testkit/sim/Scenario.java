package io.tyer.testkit.sim;

import io.tyer.Deadlocks;
import io.tyer.Order;
import io.tyer.engine.EngineSettings;
import io.tyer.line.LockName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a seed stands for: who takes part, with which settings, and what goes wrong how often.
 *
 * @param clients how many clients there are
 * @param workers how many callers each of them has
 * @param settings the engines' settings
 * @param locks what the callers want
 * @param weather how messages fare
 * @param chaosNanos how long things go wrong
 * @param thinkNanos how long callers think between acquires, on average
 * @param shortHolds how many of the holds are of a few milliseconds; where they are few, half of
 *     all are of some TTLs
 * @param mischiefNanos between two pieces of mischief, on average
 * @param mischief which kinds there are
 * @param lastCheck how seldom a waiting ticket is checked at most
 * @param deaf whether no hint of the server ever arrives, not even when all else is healed
 * @param force whether operators remove tickets at once, outside S1 and S5
 * @param watchful whether callers ask at every step whether their leases are valid
 */
record Scenario(
    int clients,
    int workers,
    EngineSettings settings,
    List<SimLock> locks,
    Weather weather,
    long chaosNanos,
    long thinkNanos,
    double shortHolds,
    long mischiefNanos,
    List<Mischief.Kind> mischief,
    Duration lastCheck,
    boolean deaf,
    boolean force,
    boolean watchful) {

  private static final long MILLI = 1_000_000;

  /** So many TTLs are longer than anybody who waits is made to wait. */
  private static final int LONG_IDLE = 40;

  static Scenario random(Dice dice) {
    EngineSettings settings = settings(dice);
    boolean force = dice.chance(0.1);
    long ttl = settings.ttl().toNanos();
    return new Scenario(
        2 + dice.below(4),
        1 + dice.below(4),
        settings,
        locks(dice),
        dice.chance(0.2) ? Weather.FINE : Weather.random(dice),
        dice.between(2 * ttl, 7 * ttl),
        dice.oneOf(List.of(2 * MILLI, 20 * MILLI, 100 * MILLI, 400 * MILLI)),
        dice.oneOf(List.of(0.2, 0.6, 0.89)),
        dice.between(ttl / 20, ttl),
        mischief(dice, force),
        Duration.ofMillis(dice.between(100, 500)),
        dice.chance(0.1),
        force,
        dice.chance(0.6));
  }

  private static EngineSettings settings(Dice dice) {
    Duration ttl = Duration.ofMillis(dice.between(1000, 3000));
    boolean strict = ttl.toMillis() % 6 == 0;
    return new EngineSettings(
        ttl,
        ttl.dividedBy(dice.between(3, 5)),
        EngineSettings.defaultMargin(ttl),
        ttl.multipliedBy(dice.between(5, 90)).dividedBy(100),
        dice.chance(0.1) ? ttl.multipliedBy(dice.between(1, 4)) : Duration.ZERO,
        dice.oneOf(List.of(0, 0, 1, 2, 16)),
        Duration.ofMillis(dice.oneOf(List.of(10, 50, 1000))),
        strict ? Order.STRICT : Order.CLIENTS,
        dice.chance(0.4) && !strict,
        dice.oneOf(
            List.of(Duration.ofMillis(20), ttl.dividedBy(2), ttl, ttl.multipliedBy(LONG_IDLE))),
        "simulated",
        false,
        Deadlocks.ON);
  }

  private static List<SimLock> locks(Dice dice) {
    List<SimLock> locks = new ArrayList<>();
    int count = 1 + dice.below(3);
    for (int i = 0; i < count; i++) {
      SimLock.Kind kind = dice.oneOf(List.of(SimLock.Kind.values()));
      locks.add(new SimLock(LockName.of("lock-" + i), kind, dice.chance(0.7) ? 3 : 2));
    }
    return locks;
  }

  /** A few kinds, so that each also gets its chance without the others in the way. */
  private static List<Mischief.Kind> mischief(Dice dice, boolean force) {
    List<Mischief.Kind> kinds = new ArrayList<>();
    double share = dice.oneOf(List.of(0.15, 0.4, 1.0));
    for (Mischief.Kind kind : Mischief.Kind.values()) {
      if (kind != Mischief.Kind.FORCE && dice.chance(share)) {
        kinds.add(kind);
      }
    }
    if (force || kinds.isEmpty()) {
      kinds.add(force ? Mischief.Kind.FORCE : Mischief.Kind.PAUSE);
    }
    return kinds;
  }

  long ttlNanos() {
    return settings.ttl().toNanos();
  }

  /** How long a ticket that nobody uses any more is kept at most; zero if that is for ever. */
  long keptNanos() {
    boolean forever = settings.biasIdle().compareTo(settings.ttl()) > 0;
    return forever ? 0 : settings.biasIdle().toNanos() + ttlNanos() / 3;
  }

  /** Whether clients may leave and enter by one request. */
  boolean leavesAndEnters() {
    return lastCheck.toMillis() % 2 == 0;
  }

  /**
   * No request is longer under way than this: an enter that arrived later than a TTL after it was
   * sent would find that its engine has forgotten it.
   */
  long longestDelay() {
    return ttlNanos() * 98 / 100;
  }
}
