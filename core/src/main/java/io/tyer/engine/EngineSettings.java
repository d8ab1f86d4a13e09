package io.tyer.engine;

import io.tyer.Deadlocks;
import io.tyer.Order;
import io.tyer.line.Ask;
import java.time.Duration;

/**
 * The engine's figures, checked.
 *
 * @param ttl how long the store keeps a session after the last beat it has seen
 * @param beat between two beats
 * @param margin how long before the store may forget the session its leases stop being valid
 * @param operationTimeout how long a request to the store may take
 * @param longestWait how long an acquire without a time-out waits; zero for unbounded
 * @param batons how often a ticket is handed on
 * @param batonTime for how long after its grant a ticket is handed on
 * @param order in which order callers are served
 * @param bias whether the tickets of exclusive leases are kept until another client asks for them
 * @param biasIdle how long a ticket that is kept may lie unused
 * @param owner the label others see
 * @param reportUnclosed whether forgotten leases are reported
 * @param deadlocks what happens when threads wait for each other in a circle
 */
public record EngineSettings(
    Duration ttl,
    Duration beat,
    Duration margin,
    Duration operationTimeout,
    Duration longestWait,
    int batons,
    Duration batonTime,
    Order order,
    boolean bias,
    Duration biasIdle,
    String owner,
    boolean reportUnclosed,
    Deadlocks deadlocks) {

  /** How much longer than its time-out a wait may take, to learn how its ticket stands. */
  public static final Duration LAST_LOOK = Duration.ofMillis(200);

  static final Duration SHORTEST_TTL = Duration.ofSeconds(1);
  static final Duration LONGEST_TTL = Duration.ofDays(7);
  static final int MOST_BATONS = 2000;
  private static final Duration SHORTEST_IDLE = Duration.ofMillis(10);

  /** Refuses what cannot work, saying what would. */
  public EngineSettings {
    if (ttl.compareTo(SHORTEST_TTL) < 0 || ttl.compareTo(LONGEST_TTL) > 0) {
      throw new IllegalArgumentException("ttl must be from 1s to 7d, not " + ttl);
    }
    if (beat.isNegative() || beat.isZero() || beat.plus(margin).compareTo(ttl) >= 0) {
      throw new IllegalArgumentException(
          String.format(
              "beat must be more than 0, and beat + margin less than ttl: beat %s, margin %s, ttl %s",
              beat, margin, ttl));
    }
    if (margin.isNegative()) {
      throw new IllegalArgumentException("margin must not be negative: " + margin);
    }
    if (operationTimeout.isNegative()
        || operationTimeout.isZero()
        || operationTimeout.compareTo(LONGEST_TTL) > 0) {
      throw new IllegalArgumentException(
          "operation-timeout must be more than 0 and at most 7d, not " + operationTimeout);
    }
    if (batons < 0 || batons > MOST_BATONS) {
      throw new IllegalArgumentException(
          "batons must be from 0 to " + MOST_BATONS + ", not " + batons);
    }
    if (longestWait.isNegative() || batonTime.isNegative()) {
      throw new IllegalArgumentException("wait and baton-time must not be negative");
    }
    if (order == Order.STRICT && bias) {
      throw new IllegalArgumentException(
          "order=strict and bias=true exclude each other: what is kept is handed on");
    }
    if (biasIdle.compareTo(SHORTEST_IDLE) < 0) {
      throw new IllegalArgumentException("bias-idle must be at least 10ms, not " + biasIdle);
    }
    owner = Ask.clipOwner(owner);
  }

  /** The defaults for a TTL. */
  public static EngineSettings ofTtl(Duration ttl) {
    return new EngineSettings(
        ttl,
        ttl.dividedBy(3),
        defaultMargin(ttl),
        Duration.ofSeconds(5),
        Duration.ZERO,
        16,
        Duration.ofMillis(10),
        Order.CLIENTS,
        false,
        ttl,
        "",
        false,
        Deadlocks.ON);
  }

  /** A tenth of the TTL, at least 200 ms. */
  public static Duration defaultMargin(Duration ttl) {
    Duration tenth = ttl.dividedBy(10);
    Duration least = Duration.ofMillis(200);
    return tenth.compareTo(least) > 0 ? tenth : least;
  }

  /** The same with another margin. */
  public EngineSettings withMargin(Duration other) {
    return new EngineSettings(
        ttl,
        beat,
        other,
        operationTimeout,
        longestWait,
        batons,
        batonTime,
        order,
        bias,
        biasIdle,
        owner,
        reportUnclosed,
        deadlocks);
  }

  /** The same with another way of keeping tickets. */
  public EngineSettings withBias(boolean kept, Duration idle) {
    return new EngineSettings(
        ttl,
        beat,
        margin,
        operationTimeout,
        longestWait,
        batons,
        batonTime,
        order,
        kept,
        idle,
        owner,
        reportUnclosed,
        deadlocks);
  }
}
