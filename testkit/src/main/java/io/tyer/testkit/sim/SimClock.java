package io.tyer.testkit.sim;

/**
 * A machine's clocks: they drift together, start anywhere, and while the machine is suspended the
 * monotonic one stands still and the wall clock does not.
 */
final class SimClock {

  private static final long WALL_2026 = 1_767_225_600_000L;

  private final Events events;
  private final double rate;
  private final long origin;
  private long wallOrigin;
  private long stoodStill;
  private long suspendedAt = -1;

  /**
   * A machine's clocks.
   *
   * @param rate how fast they run; 1.01 gains 1 %
   */
  SimClock(Events events, Dice dice, double rate) {
    this.events = events;
    this.rate = rate;
    this.origin = dice.between(-1_000_000_000_000L, 1_000_000_000_000L);
    this.wallOrigin = WALL_2026 + dice.between(-5_000, 5_000);
  }

  private long elapsed() {
    return (long) (events.now() * rate);
  }

  long nanos() {
    long running = suspendedAt >= 0 ? suspendedAt : elapsed();
    return origin + running - stoodStill;
  }

  long wallMillis() {
    return wallOrigin + elapsed() / 1_000_000;
  }

  /** The true time in which this clock advances by that much, at least. */
  long trueDelay(long localNanos) {
    return (long) Math.ceil(Math.max(0, localNanos) / rate) + 1;
  }

  /** Somebody sets the wall clock. */
  void stepWall(long millis) {
    wallOrigin += millis;
  }

  void suspend() {
    suspendedAt = elapsed();
  }

  void resume() {
    stoodStill += elapsed() - suspendedAt;
    suspendedAt = -1;
  }
}
