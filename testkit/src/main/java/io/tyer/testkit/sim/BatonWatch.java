package io.tyer.testkit.sim;

import io.tyer.Order;
import io.tyer.engine.EngineSettings;
import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.Ticket;
import java.util.HashMap;
import java.util.Map;

/**
 * S4: how often and how long a ticket is handed on while others wait behind it. Looks at mutexes
 * only, where a client has one granted ticket at most.
 */
final class BatonWatch {

  private static final long SLACK_NANOS = 1_000_000;

  private final World world;
  private final SimServer server;
  private final Map<Key, Handed> handed = new HashMap<>();

  /** When the holder was told that others want the ticket, by its clock. */
  private final Map<Key, Long> recalled = new HashMap<>();

  BatonWatch(World world, SimServer server) {
    this.world = world;
    this.server = server;
  }

  private record Key(SimLock lock, long number) {}

  private static final class Handed {
    final long since;
    int times;

    /** When it was first handed on while others waited; 0 before. */
    long othersSince;

    /** How often it had been handed on when the holder was told that others want it. */
    int timesBeforeRecall = -1;

    Handed(long since) {
      this.since = since;
    }
  }

  /** An engine gives a lease to one of its callers. */
  void handedOut(SimClient client, String name) {
    for (SimLock lock : world.scenario().locks()) {
      if (lock.kind() == SimLock.Kind.MUTEX && lock.name().text().equals(name)) {
        Line line = server.line(lock.name());
        for (Ticket ticket : line.tickets()) {
          if (ticket.session().equals(client.newestSession()) && line.isGranted(ticket.number())) {
            handedOut(client, lock, ticket, line);
          }
        }
      }
    }
  }

  private void handedOut(SimClient client, SimLock lock, Ticket ticket, Line line) {
    Key key = new Key(lock, ticket.number());
    long now = client.process().nanoTime();
    Handed of = handed.computeIfAbsent(key, k -> new Handed(now));
    boolean handedOn = of.times++ > 0;
    boolean othersWait = line.length() > 1;
    EngineSettings settings = world.scenario().settings();
    if (settings.order() == Order.STRICT) {
      world.tally().count("grants in strict order");
      if (handedOn) {
        world.broken(new PromiseBroken("S4", "handed on under strict order by " + client.name()));
      }
    }
    if (handedOn && ticket.recallable()) {
      world.tally().count("handed on under bias");
      underBias(client, of, othersWait, now);
      Long since = recalled.get(key);
      if (since != null) {
        afterRecall(client, of, Math.max(since, of.since), now);
      }
    } else if (handedOn && othersWait) {
      world.tally().count("batons while others wait");
      if (of.times - 1 > settings.batons()) {
        broken(of.times - 1 + " hand-overs of one ticket, by " + client.name());
      }
      long time = now - of.since;
      if (time > settings.batonTime().toNanos() + SLACK_NANOS) {
        broken("a ticket is handed on " + time / 1_000_000 + " ms after it was granted");
      }
    }
  }

  /** A client is told that others want a lock. */
  void recalled(SimClient client, LockName name) {
    for (SimLock lock : world.scenario().locks()) {
      if (lock.name().equals(name)) {
        for (Ticket ticket : server.line(name).tickets()) {
          if (ticket.session().equals(client.newestSession())) {
            recalled.putIfAbsent(new Key(lock, ticket.number()), client.process().nanoTime());
          }
        }
      }
    }
  }

  /** From then on the bounds of batons count. */
  private void afterRecall(SimClient client, Handed of, long since, long now) {
    EngineSettings settings = world.scenario().settings();
    if (of.timesBeforeRecall < 0) {
      of.timesBeforeRecall = of.times - 2;
    }
    world.tally().count("handed on after a recall");
    if (of.times - 1 - of.timesBeforeRecall > settings.batons()) {
      broken(client.name() + " hands on more often than batons allow after a recall");
    }
    if (now - since > settings.batonTime().toNanos() + SLACK_NANOS) {
      broken(client.name() + " hands on " + (now - since) / 1_000_000 + " ms after a recall");
    }
  }

  /** Whoever keeps a ticket may not know for a while that others wait: the recall may be lost. */
  private void underBias(SimClient client, Handed of, boolean othersWait, long now) {
    if (!othersWait) {
      of.othersSince = 0;
    } else if (of.othersSince == 0) {
      of.othersSince = now;
    } else if (now - of.othersSince > 2 * world.scenario().ttlNanos()) {
      broken(client.name() + " hands on under bias for more than two TTLs");
    }
  }

  private void broken(String how) {
    world.broken(new PromiseBroken("S4", how + " while others wait"));
  }
}
