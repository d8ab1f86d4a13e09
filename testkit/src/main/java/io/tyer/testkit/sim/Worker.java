package io.tyer.testkit.sim;

import io.tyer.Lease;
import io.tyer.LeaseLostException;
import io.tyer.OutcomeUnknownException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A caller: thinks, acquires, holds, closes, and thinks again. */
final class Worker {

  private static final long MILLI = 1_000_000;

  private final World world;
  private final SimClient client;
  private final Observer observer;
  private final Dice dice;

  Worker(World world, SimClient client, Observer observer) {
    this.world = world;
    this.client = client;
    this.observer = observer;
    this.dice = world.dice().fork();
  }

  /** Thinks, then acquires; not any more once the client is closed or all is healed. */
  void rest() {
    client.process().soon("has thought", world.scenario().thinkNanos(), this::acquire);
  }

  private void acquire() {
    if (client.closed() || world.healed()) {
      return;
    }
    Wish wish = Wish.random(world.scenario(), dice);
    Attempt attempt = new Attempt(world, client, observer, wish);
    attempt.start(lease -> ended(wish, lease));
    double cancelling = dice.unit();
    if (cancelling < 0.03) {
      attempt.cancel();
    } else if (cancelling < 0.15) {
      long soon = dice.chance(0.5) ? world.weather().latency() : world.scenario().ttlNanos() / 2;
      client.process().soon("loses patience", soon, attempt::cancel);
    }
  }

  private void ended(Wish wish, @Nullable Lease lease) {
    if (lease == null) {
      rest();
    } else {
      hold(new Held(client, wish.lock(), wish, lease, this::close));
    }
  }

  // ---- holding

  private void hold(Held held) {
    observer.given(held);
    SimProcess process = client.process();
    held.lease.onLost(
        cause -> {
          world.note(process, "is told: " + cause + ", " + held);
          observer.told(held, cause);
          if (dice.chance(0.5)) {
            observer.draw(held);
          }
        });
    if (dice.chance(0.5)) {
      observer.draw(held);
    }
    long hold = holdNanos();
    for (int i = dice.below(4); i > 0; i--) {
      process.after(dice.between(0, hold), "works", () -> use(held));
    }
    if (held.exclusive && held.lock.readers() && dice.chance(0.25)) {
      process.after(dice.between(0, hold), "downgrades", () -> downgrade(held));
    }
    Duration most = held.maxHold;
    // By what was wished for, and no dice: those fall as they did before leases were extended.
    if (most != null && most.toMillis() % 2 == 0) {
      process.after(most.toNanos() / 2, "extends", () -> extend(held, most));
    }
    if (most != null && most.toMillis() % 8 == 1) {
      CompletableFuture<Void> end = new CompletableFuture<>();
      held.lease.boundTo(end);
      process.after(most.toNanos() / 2, "what a lease is bound to ends", () -> end.complete(null));
    }
    process.after(hold, "has held", held::close);
  }

  private long holdNanos() {
    double kind = dice.unit();
    if (world.healed() || kind < world.scenario().shortHolds()) {
      return dice.between(0, 5 * MILLI);
    }
    boolean mostlyLong = world.scenario().shortHolds() < 0.5;
    if (kind < (mostlyLong ? 0.5 : 0.9)) {
      return dice.between(0, 100 * MILLI);
    }
    return dice.between(0, 3 * world.scenario().ttlNanos());
  }

  /** Asks whether it holds, and then writes, however long that takes. */
  private void use(Held held) {
    if (held.closed || !held.lease.isValid()) {
      return;
    }
    observer.draw(held);
    client.process().soon("writes", MILLI / 10, () -> send(held));
  }

  private void send(Held held) {
    long delay = dice.around(world.weather().latency());
    world.after(delay, "a write arrives", () -> observer.write(held));
  }

  private void extend(Held held, Duration maxHold) {
    if (held.closed) {
      return;
    }
    world.note(client.process(), "extends " + held);
    try {
      held.lease.extend(maxHold);
      observer.extended(held, maxHold);
    } catch (LeaseLostException | OutcomeUnknownException e) {
      world.tally().count("leases not extended");
    }
  }

  private void downgrade(Held held) {
    if (held.closed || !held.lease.isValid()) {
      return;
    }
    world.tally().count("downgrades");
    world.note(client.process(), "downgrades " + held);
    observer.downgrading(held);
    CompletableFuture<?> unused =
        client
            .engine()
            .downgradeAsync(held.lease)
            .whenComplete((done, failure) -> observer.downgraded(held, failure));
  }

  /** A lease that is being closed is closed in the end, and never with a failure. */
  private void watch(Held held, CompletableFuture<Void> closing) {
    observer.closing(held, 1);
    CompletableFuture<Void> unused =
        closing.whenComplete(
            (done, failure) -> {
              observer.closing(held, -1);
              if (failure != null) {
                world.broken(new PromiseBroken("API", "closing failed: " + held, failure));
              }
            });
  }

  private void close(Held held) {
    if (held.closed) {
      return;
    }
    world.note(client.process(), "closes " + held);
    boolean valid = held.lease.isValid();
    boolean wasExclusive = held.exclusive;
    held.closed = true;
    watch(held, held.lease.closeAsync());
    if (dice.chance(0.05)) {
      watch(held, held.lease.closeAsync());
    }
    observer.closed(held, valid);
    if (wasExclusive && dice.chance(0.05)) {
      // Another thread of the caller, which has found the lease valid just before.
      world.tally().count("downgrades that come too late");
      CompletableFuture<?> unused = client.engine().downgradeAsync(held.lease);
    }
    rest();
  }
}
