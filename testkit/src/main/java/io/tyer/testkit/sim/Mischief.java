package io.tyer.testkit.sim;

import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.Ticket;
import java.util.List;
import java.util.OptionalLong;

/** Makes things go wrong now and then, until the world is healed. */
final class Mischief {

  enum Kind {
    PAUSE,
    SUSPEND,
    KILL,
    CUT,
    SERVER_CRASH,
    SLOW,
    CLOSE,
    REVOKE,
    FORCE,
    STEAL,
    SERVER_WALL_CLOCK
  }

  private static final long MILLI = 1_000_000;

  private final World world;
  private final Cast cast;
  private final Observer observer;
  private final Dice dice;

  Mischief(World world, Cast cast, Observer observer) {
    this.world = world;
    this.cast = cast;
    this.observer = observer;
    this.dice = world.dice().fork();
  }

  void begin() {
    world.after(dice.around(world.scenario().mischiefNanos()), "mischief", this::make);
  }

  private void make() {
    if (world.healed()) {
      return;
    }
    begin();
    Kind kind = dice.oneOf(world.scenario().mischief());
    SimServer server = cast.server();
    switch (kind) {
      case SERVER_CRASH -> {
        if (!server.down()) {
          count(kind, "the server crashes");
          server.crash();
          cast.live().forEach(client -> client.link().cut());
          world.after(outage(), "the server is back", server::restart);
        }
      }
      case SLOW -> {
        if (world.weather().equals(world.scenario().weather())) {
          count(kind, "everything is slow");
          world.weather(world.scenario().weather().slower());
          world.after(outage(), "slowness ends", this::slownessEnds);
        }
      }
      case REVOKE, FORCE -> {
        SimLock lock = dice.oneOf(world.scenario().locks());
        boolean now = kind == Kind.FORCE;
        count(
            kind, (now ? "an operator removes holders of " : "an operator revokes ") + lock.name());
        server.revoke(lock.name(), OptionalLong.empty(), now);
      }
      case STEAL -> steal();
      case SERVER_WALL_CLOCK -> {
        count(kind, "the server's wall clock is set");
        server.setWallClock(dice.between(-20_000, 20_000));
      }
      default -> {
        List<SimClient> live = cast.live();
        if (!live.isEmpty()) {
          afflict(kind, dice.oneOf(live));
        }
      }
    }
  }

  private void slownessEnds() {
    if (!world.healed()) {
      world.weather(world.scenario().weather());
    }
  }

  private void afflict(Kind kind, SimClient client) {
    SimProcess process = client.process();
    String name = client.name();
    switch (kind) {
      case PAUSE, SUSPEND -> {
        if (process.running()) {
          count(kind, name + (kind == Kind.PAUSE ? " is paused" : " is suspended"));
          if (kind == Kind.PAUSE) {
            process.pause();
          } else {
            process.suspend();
          }
          long stop = outage();
          world.after(stop, name + " goes on", process::resume);
          if (kind == Kind.SUSPEND && dice.chance(0.4)) {
            wakeWithoutNetwork(client, stop);
          }
        }
      }
      case KILL -> {
        count(kind, name + " is killed");
        observer.killed(client);
        process.kill();
        client.link().cut();
        world.after(outage(), "another client comes", cast::join);
      }
      case CUT -> {
        if (!client.link().down()) {
          count(kind, name + " is cut off");
          client.link().goDown();
          world.after(outage(), name + " is reachable again", () -> reconnect(client));
        }
      }
      case CLOSE -> {
        if (process.running()) {
          count(kind, name + " will close");
          process.after(0, "closes", client::close);
          world.after(outage(), "another client comes", cast::join);
        }
      }
      default -> throw new IllegalStateException(kind + " does not concern one client");
    }
  }

  /** As laptops do. */
  private void wakeWithoutNetwork(SimClient client, long sleep) {
    if (!client.link().down()) {
      client.link().goDown();
      world.after(sleep + outage(), client.name() + " has a network", () -> reconnect(client));
    }
  }

  private void reconnect(SimClient client) {
    client.link().comeUp();
    if (dice.chance(0.7)) {
      client.reconnected();
    }
  }

  /** Somebody else's session lays hands on a ticket (promise S3). */
  private void steal() {
    List<SimServer.Known> sessions = cast.server().sessions();
    LockName name = dice.oneOf(world.scenario().locks()).name();
    Line line = cast.server().line(name);
    if (sessions.isEmpty() || line.isEmpty()) {
      return;
    }
    Ticket ticket = dice.oneOf(line.tickets());
    SimServer.Known thief = dice.oneOf(sessions);
    if (!thief.id().equals(ticket.session())) {
      count(Kind.STEAL, thief.client.name() + " lays hands on a ticket that is not its own");
      observer.theft(thief, name, ticket, dice.below(3));
    }
  }

  private void count(Kind kind, String what) {
    world.tally().count("mischief: " + kind);
    world.note(null, what);
  }

  /** Mostly short, often longer than a TTL. */
  private long outage() {
    long ttl = world.scenario().ttlNanos();
    return dice.chance(0.55) ? dice.between(MILLI, ttl / 2) : dice.between(ttl / 2, 5 * ttl / 2);
  }
}
