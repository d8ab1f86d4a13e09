package io.tyer.testkit.sim;

import org.jspecify.annotations.Nullable;

/** What all parts of one simulation share. */
final class World {

  private final Dice dice;
  private final Events events;
  private final Trace trace;
  private final Tally tally = new Tally();
  private final Scenario scenario;
  private Weather weather;
  private boolean healed;
  private @Nullable PromiseBroken broken;

  World(long seed) {
    this.dice = new Dice(seed);
    this.events = new Events(dice.fork());
    this.trace = new Trace(events);
    this.scenario = Scenario.random(dice);
    this.weather = scenario.weather();
  }

  Dice dice() {
    return dice;
  }

  Events events() {
    return events;
  }

  Trace trace() {
    return trace;
  }

  Tally tally() {
    return tally;
  }

  Scenario scenario() {
    return scenario;
  }

  Weather weather() {
    return weather;
  }

  void weather(Weather other) {
    weather = other;
  }

  /** Whether nothing goes wrong any more, and nobody asks for more. */
  boolean healed() {
    return healed;
  }

  void heal() {
    healed = true;
    weather = scenario.weather().cleared();
  }

  /** The longest time a message may be under way. */
  long longestDelay() {
    return healed ? weather.latency() * 10 : scenario.longestDelay();
  }

  /** Something happens to the world after a while. */
  void after(long delay, String what, Runnable task) {
    events.after(delay, null, what, task);
  }

  /**
   * A promise did not hold. Remembered, since what is thrown may be caught on its way: the
   * simulation ends after this event.
   */
  void broken(PromiseBroken how) {
    if (broken == null) {
      broken = how;
      trace.add("BROKEN", String.valueOf(how.getMessage()));
    }
  }

  @Nullable PromiseBroken broken() {
    return broken;
  }

  void note(@Nullable SimProcess who, String what) {
    trace.add(who == null ? "world" : who.name(), what);
  }
}
