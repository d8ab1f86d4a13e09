package io.tyer.testkit.sim;

import io.tyer.Acquirable;
import io.tyer.engine.Locks;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a caller wants of a lock, and how it asks. */
record Wish(
    SimLock lock,
    Mode mode,
    int weight,
    @Nullable Duration maxHold,
    boolean biased,
    Form form,
    long patience) {

  enum Mode {
    EXCLUSIVE,
    READ,
    PERMITS
  }

  enum Form {
    ACQUIRE,
    TRY,
    TIMED
  }

  static Wish random(Scenario scenario, Dice dice) {
    SimLock lock = dice.oneOf(scenario.locks());
    Mode mode = mode(lock, dice);
    int weight = mode != Mode.PERMITS ? 1 : dice.chance(0.15) ? lock.permits() : 1 + dice.below(2);
    Duration maxHold = dice.chance(0.05) ? Duration.ofMillis(dice.between(1, 300)) : null;
    boolean biased = scenario.settings().bias() ? dice.chance(0.9) : dice.chance(0.02);
    double form = dice.unit();
    return new Wish(
        lock,
        mode,
        weight,
        maxHold,
        biased,
        form < 0.5 ? Form.ACQUIRE : form < 0.75 ? Form.TIMED : Form.TRY,
        dice.around(scenario.ttlNanos() / (dice.chance(0.3) ? 100 : 2)) + 1);
  }

  /** Waits until everybody else has left. */
  static Wish everythingOf(SimLock lock) {
    return lock.exclusives()
        ? new Wish(lock, Mode.EXCLUSIVE, 1, null, false, Form.ACQUIRE, 0)
        : new Wish(lock, Mode.PERMITS, lock.permits(), null, false, Form.ACQUIRE, 0);
  }

  private static Mode mode(SimLock lock, Dice dice) {
    return switch (lock.kind()) {
      case MUTEX -> Mode.EXCLUSIVE;
      case SEMAPHORE -> Mode.PERMITS;
      case READ_WRITE -> dice.chance(0.5) ? Mode.READ : Mode.EXCLUSIVE;
      case MIXED -> dice.oneOf(java.util.List.of(Mode.values()));
    };
  }

  /** What it is in the API. */
  Acquirable of(Locks locks) {
    String name = lock.name().text();
    Acquirable wanted =
        switch (mode) {
          case EXCLUSIVE ->
              lock.readers()
                  ? locks.readWrite(name).biased(biased).writeLock()
                  : locks.mutex(name).biased(biased);
          case READ -> locks.readWrite(name).readLock();
          case PERMITS -> locks.semaphore(name, lock.permits()).taking(weight);
        };
    return maxHold == null ? wanted : wanted.maxHold(maxHold);
  }

  @Override
  public String toString() {
    String how =
        switch (form) {
          case ACQUIRE -> "acquire";
          case TRY -> "try";
          case TIMED -> "try within " + patience / 1_000_000 + " ms";
        };
    String what =
        mode == Mode.PERMITS
            ? weight + " permit(s)"
            : mode.name().toLowerCase(java.util.Locale.ROOT);
    return how
        + " "
        + lock.name()
        + " ("
        + what
        + (biased ? ", biased" : "")
        + (maxHold == null ? "" : ", at most " + maxHold)
        + ")";
  }
}
