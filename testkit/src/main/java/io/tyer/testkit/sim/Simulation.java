package io.tyer.testkit.sim;

import io.tyer.line.Line;
import io.tyer.line.Ticket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One seed's history, from the first event to the last, on one thread and without any real time:
 * the same seed is the same history.
 *
 * <p>Four acts: things go wrong; all is healed and everybody who waits is granted (L1); what was
 * abandoned disappears (L2); everybody leaves and nothing remains (L3). S1 to S5 are watched after
 * every event of all acts.
 */
public final class Simulation {

  private static final long MILLI = 1_000_000;
  private static final long MOST_STEPS = 3_000_000;

  private final long seed;
  private final World world;
  private final SimServer server;
  private final Observer observer;
  private final Cast cast;
  private long steps;

  private Simulation(long seed) {
    this.seed = seed;
    this.world = new World(seed);
    this.server = new SimServer(Cast.machine(world, "server"), world.scenario());
    this.observer = new Observer(world, server);
    this.cast = new Cast(world, server, observer);
  }

  /** What is known of a history that broke no promise. */
  public record Outcome(long seed, long hash, long steps, Tally tally) {}

  /**
   * Runs one seed.
   *
   * @throws PromiseBroken with the last steps and how to see them again
   */
  public static Outcome run(long seed) {
    Simulation simulation = new Simulation(seed);
    PromiseBroken broken = simulation.play();
    if (broken != null) {
      throw simulation.report(broken);
    }
    World world = simulation.world;
    return new Outcome(seed, world.trace().hash(), simulation.steps, world.tally());
  }

  private PromiseBroken report(PromiseBroken broken) {
    String text =
        String.format(
            "%s%n%nseed %d, step %d. To replay: mvn -pl core,testkit-tests -am test"
                + " -Dtest=SimulatorTest -Dsurefire.failIfNoSpecifiedTests=false -Dtyer.seed=%d%n"
                + "%s%n%n%s%s",
            broken.getMessage(),
            seed,
            steps,
            seed,
            world.scenario(),
            world.trace().text(),
            lines());
    return new PromiseBroken(broken.promise(), text, broken);
  }

  /** The lines as they stand at the end: granted tickets in brackets. */
  private String lines() {
    StringBuilder text = new StringBuilder();
    for (SimLock lock : world.scenario().locks()) {
      text.append(server.describe(lock)).append(System.lineSeparator());
    }
    return text.toString();
  }

  private @Nullable PromiseBroken play() {
    Trace.listenToLogs(world.trace());
    try {
      wrong();
      heal();
      settle();
      leave();
    } catch (PromiseBroken e) {
      world.broken(e);
    } finally {
      Trace.listenToLogs(null);
    }
    return world.broken();
  }

  // ---- the acts

  private void wrong() {
    for (int i = 0; i < world.scenario().clients(); i++) {
      cast.join();
    }
    new Mischief(world, cast, observer).begin();
    until(world.events().now() + world.scenario().chaosNanos());
  }

  private void heal() {
    world.note(null, "all is healed");
    world.heal();
    server.restart();
    for (SimClient client : cast.clients()) {
      client.process().resume();
      client.link().comeUp();
    }
    for (Held held : observer.held()) {
      long soon = world.dice().between(0, 20 * MILLI);
      held.client.process().after(soon, "holds no longer", held::close);
    }
    long limit = world.events().now() + patience();
    while (waiting() > 0) {
      if (world.events().nextTime() > limit) {
        throw new PromiseBroken("L1", "still waiting: " + firstWaiting());
      }
      step();
    }
  }

  /**
   * How long the last who waits may have to: a TTL for the dead, time-outs for what was lost, a
   * pause of a session that could not be opened, and for each who waits a hold and two checks.
   */
  private long patience() {
    Scenario scenario = world.scenario();
    long operation = scenario.settings().operationTimeout().toNanos();
    long reread = scenario.deaf() ? scenario.ttlNanos() / 3 : 0;
    long each = 2 * scenario.lastCheck().toNanos() + 50 * MILLI + reread;
    return 3 * scenario.ttlNanos() + 3 * operation + 3_000 * MILLI + (waiting() + 1) * each;
  }

  private int waiting() {
    return cast.live().stream().mapToInt(client -> client.attempts().size()).sum();
  }

  private String firstWaiting() {
    return cast.live().stream()
        .flatMap(client -> client.attempts().stream())
        .findFirst()
        .map(Attempt::toString)
        .orElse("nobody");
  }

  /** After a TTL, no live client has a ticket that none of its callers wants. */
  private void settle() {
    Scenario scenario = world.scenario();
    long operation = scenario.settings().operationTimeout().toNanos();
    until(world.events().now() + 2 * scenario.ttlNanos() + operation + scenario.keptNanos());
    observer.settled();
    for (SimLock lock : scenario.locks()) {
      Line line = server.line(lock.name());
      for (Ticket ticket : line.tickets()) {
        boolean kept = ticket.recallable() && line.isGranted(ticket.number());
        if (!server.mayForget(ticket.session()) && !(kept && mayKeepForEver())) {
          throw new PromiseBroken(
              "L2", "nobody wants this ticket of " + lock.name() + ": " + ticket);
        }
      }
    }
    for (SimClient client : cast.live()) {
      if (!client.engine().idle() && !mayKeepForEver()) {
        throw new PromiseBroken("L3", client.name() + " has nothing to do, and is not idle");
      }
    }
  }

  private boolean mayKeepForEver() {
    return world.scenario().keptNanos() == 0;
  }

  private void leave() {
    for (SimClient client : cast.live()) {
      client.process().after(0, "closes", client::close);
    }
    until(world.events().now() + world.scenario().ttlNanos() / 2);
    SimClient last = cast.newcomer();
    for (SimLock lock : world.scenario().locks()) {
      Wish wish = Wish.everythingOf(lock);
      Attempt attempt = new Attempt(world, last, observer, wish);
      attempt.start(
          lease -> {
            if (lease != null) {
              var unused = lease.closeAsync();
            }
          });
    }
    until(world.events().now() + 3 * world.scenario().ttlNanos());
    if (!last.attempts().isEmpty()) {
      throw new PromiseBroken("L3", "the last client waits: " + last.attempts());
    }
    last.process().after(0, "closes", last::close);
    long limit = world.events().now() + 4 * world.scenario().ttlNanos() + 10_000 * MILLI;
    while (world.events().nextTime() <= limit) {
      step();
    }
    empty();
  }

  private void empty() {
    List<String> pending = world.events().pending();
    if (!pending.isEmpty()) {
      throw new PromiseBroken("L3", "everybody has left, and there is still to come: " + pending);
    }
    if (!server.isEmpty()) {
      throw new PromiseBroken("L3", "everybody has left, and the server is not empty");
    }
    for (SimClient client : cast.clients()) {
      if (!client.process().dead() && !client.engine().idle()) {
        throw new PromiseBroken("L3", client.name() + " is closed, and not idle");
      }
    }
  }

  // ---- steps

  private void until(long time) {
    while (world.events().nextTime() <= time) {
      step();
    }
    world.events().passTo(time);
  }

  private void step() {
    Events.Event event = world.events().next();
    if (event == null) {
      return;
    }
    SimProcess process = event.process;
    if (process != null && !process.takes(event)) {
      return;
    }
    steps++;
    world.trace().add(process == null ? "world" : process.name(), event.what);
    try {
      event.happen();
      observer.look();
    } catch (RuntimeException e) {
      world.broken(new PromiseBroken("API", "something failed: " + e, e));
    }
    PromiseBroken broken = world.broken();
    if (broken != null) {
      throw broken;
    }
    if (steps > MOST_STEPS) {
      throw new PromiseBroken("L3", "too many steps: something runs in circles");
    }
  }
}
