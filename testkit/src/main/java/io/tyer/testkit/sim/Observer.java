package io.tyer.testkit.sim;

import io.tyer.LossCause;
import io.tyer.line.LockName;
import io.tyer.line.Ticket;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sees everything, everywhere, at once, and compares it with the promises: what holders believe
 * ({@link LeaseWatch}), what tokens they draw ({@link TokenWatch}), what the server does ({@link
 * LineWatch}), how often tickets are handed on ({@link BatonWatch}), how long callers wait ({@link
 * WaitWatch}), whom tries overtake ({@link TryWatch}).
 */
final class Observer {

  private final LeaseWatch leases;
  private final TokenWatch tokens;
  private final LineWatch lines;
  private final BatonWatch batons;
  private final WaitWatch waits;
  private final TryWatch tries;

  Observer(World world, SimServer server) {
    this.leases = new LeaseWatch(world, server);
    this.tokens = new TokenWatch(world);
    this.lines = new LineWatch(world, server, leases);
    this.batons = new BatonWatch(world, server);
    this.waits = new WaitWatch(world);
    this.tries = new TryWatch(world, server);
  }

  /** After every event. */
  void look() {
    lines.look();
    leases.look();
  }

  // ---- what callers do

  List<Ticket> inTheWay(Wish wish, SimClient client) {
    return tries.inTheWay(wish, client);
  }

  void granted(Attempt attempt, SimClient client, List<Ticket> waitedBefore) {
    if (attempt.wish.form() == Wish.Form.TRY) {
      tries.granted(attempt, client, waitedBefore);
    }
  }

  void ended(Attempt attempt, SimClient client, long elapsed) {
    waits.ended(attempt, client, elapsed);
  }

  void handedOut(SimClient client, String name) {
    batons.handedOut(client, name);
  }

  void recalled(SimClient client, LockName name) {
    batons.recalled(client, name);
  }

  void given(Held held) {
    leases.given(held);
  }

  void told(Held held, LossCause cause) {
    leases.told(held, cause);
  }

  void draw(Held held) {
    tokens.draw(held);
  }

  void write(Held held) {
    tokens.write(held);
  }

  void downgrading(Held held) {
    held.exclusive = false;
    held.downgrading = true;
  }

  void downgraded(Held held, @Nullable Throwable failure) {
    leases.downgraded(held, failure);
  }

  void extended(Held held, Duration maxHold) {
    leases.extended(held, maxHold);
  }

  void closed(Held held, boolean wasValid) {
    leases.closed(held, wasValid);
  }

  /** So many more leases are being closed. */
  void closing(Held held, int more) {
    leases.closing(held, more);
  }

  void killed(SimClient client) {
    leases.killed(client);
  }

  List<Held> held() {
    return leases.held();
  }

  // ---- what others do

  void theft(SimServer.Known thief, LockName name, Ticket ticket, int how) {
    lines.theft(thief, name, ticket, how);
  }

  // ---- at the end

  /** Everybody who was to be told has been told. */
  void settled() {
    leases.settled();
  }
}
