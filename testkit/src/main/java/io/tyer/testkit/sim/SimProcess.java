package io.tyer.testkit.sim;

import io.tyer.spi.Cancellable;
import io.tyer.spi.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * A process with a machine of its own: clocks, a timer, threads that are events, randomness. It can
 * be paused (its clocks go on), suspended with its machine, and killed.
 */
final class SimProcess implements Surroundings {

  /** Longer timers are for ever; no simulation lasts that long. */
  private static final long LONGEST_DELAY = 1_000_000_000_000L;

  private enum State {
    RUNNING,
    PAUSED,
    SUSPENDED,
    DEAD
  }

  private final String name;
  private final Events events;
  private final Dice dice;
  private final SimClock clock;
  private final List<Events.Event> backlog = new ArrayList<>();
  private final Executor io;
  private final Executor callbacks;
  private State state = State.RUNNING;
  private long stoppedAt;
  private long stoppedInAll;
  private long resumedAt = -LONGEST_DELAY;
  private boolean wasSuspended;

  SimProcess(String name, Events events, Dice dice, double clockRate) {
    this.name = name;
    this.events = events;
    this.dice = dice;
    this.clock = new SimClock(events, dice, clockRate);
    this.io = task -> soon("io thread", 50_000, task);
    this.callbacks = task -> soon("callback thread", 200_000, task);
  }

  String name() {
    return name;
  }

  // ---- as the engine sees it

  @Override
  public long nanoTime() {
    return clock.nanos();
  }

  @Override
  public long wallMillis() {
    return clock.wallMillis();
  }

  /** Timers are late: mostly by a little, now and then by some milliseconds. */
  @Override
  public Cancellable schedule(long delayNanos, Runnable task) {
    long delay = Math.min(Math.max(0, delayNanos), LONGEST_DELAY);
    long late = dice.chance(0.02) ? dice.between(0, 8_000_000) : dice.between(0, 300_000);
    long due = clock.nanos() + delay;
    return events.timer(clock.trueDelay(delay + late), this, "timer", due, task);
  }

  @Override
  public long nextLong() {
    return dice.nextLong();
  }

  @Override
  public void nextSecret(byte[] target) {
    for (int i = 0; i < target.length; i++) {
      target[i] = (byte) dice.nextLong();
    }
  }

  @Override
  public Executor io() {
    return io;
  }

  @Override
  public Executor callbacks() {
    return callbacks;
  }

  @Override
  public void startThread(String purpose, Runnable task) {
    events.after(0, this, "thread for " + purpose, task);
  }

  // ---- as the simulation sees it

  /** The true time in which its clock advances by that much. */
  long trueDelay(long localNanos) {
    return clock.trueDelay(localNanos);
  }

  /** An event of this process within about that time. */
  void soon(String what, long mean, Runnable task) {
    events.after(dice.around(mean), this, what, task);
  }

  /** An event of this process at exactly that time, if it runs then. */
  void after(long delay, String what, Runnable task) {
    events.after(delay, this, what, task);
  }

  /** Whether an event happens now; else it has been put aside, put off or dropped. */
  boolean takes(Events.Event event) {
    switch (state) {
      case DEAD -> {
        return false;
      }
      case PAUSED, SUSPENDED -> {
        backlog.add(event);
        return false;
      }
      default -> {
        long missing = event.dueLocally - clock.nanos();
        if (event.dueLocally != Long.MIN_VALUE && missing > 0) {
          events.again(event, clock.trueDelay(missing));
          return false;
        }
        return true;
      }
    }
  }

  /** SIGSTOP. */
  void pause() {
    stop(State.PAUSED);
  }

  /** The lid is closed. */
  void suspend() {
    stop(State.SUSPENDED);
    clock.suspend();
    wasSuspended = true;
  }

  private void stop(State how) {
    if (state != State.RUNNING) {
      throw new IllegalStateException(name + " is not running");
    }
    state = how;
    stoppedAt = events.now();
  }

  /** What has piled up happens within a few milliseconds, in any order. */
  void resume() {
    if (state == State.SUSPENDED) {
      clock.resume();
    }
    if (state == State.SUSPENDED || state == State.PAUSED) {
      state = State.RUNNING;
      resumedAt = events.now();
      stoppedInAll += resumedAt - stoppedAt;
      for (Events.Event event : backlog) {
        if (!event.cancelled()) {
          events.again(event, dice.between(0, 2_000_000));
        }
      }
      backlog.clear();
    }
  }

  void kill() {
    state = State.DEAD;
    backlog.clear();
  }

  /** Somebody sets its wall clock. */
  void stepWall(long millis) {
    clock.stepWall(millis);
  }

  boolean running() {
    return state == State.RUNNING;
  }

  boolean dead() {
    return state == State.DEAD;
  }

  boolean stopped() {
    return state == State.PAUSED || state == State.SUSPENDED;
  }

  /** Whether it has been running without a break for that long. */
  boolean runningFor(long nanos) {
    return running() && events.now() - resumedAt >= nanos;
  }

  /** Whether its machine ever was suspended: leases may then be doubted and believed again. */
  boolean wasSuspended() {
    return wasSuspended;
  }

  /** For how long it has stood still in all, in true time. */
  long stoppedInAll() {
    return stopped() ? stoppedInAll + events.now() - stoppedAt : stoppedInAll;
  }
}
