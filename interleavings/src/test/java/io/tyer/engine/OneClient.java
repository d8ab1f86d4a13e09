package io.tyer.engine;

import io.tyer.DistributedLock;
import io.tyer.line.LockName;
import io.tyer.store.memory.MemoryLineStore;
import java.time.Duration;

/**
 * A client of a store in memory, and one of its locks. Nothing happens but what a test's threads
 * do: whoever is forgotten by them is rescued by no timer.
 */
final class OneClient {

  private static final String NAME = "it";

  private final Engine engine;

  private OneClient(int batons, boolean bias) {
    Still still = new Still();
    MemoryLineStore store = new MemoryLineStore("memory:x", still, Duration.ofSeconds(1), 0);
    engine = new Engine(store, still, settings(batons, bias), null, () -> {});
    engine.connect();
  }

  /** It keeps no ticket that nobody here uses. */
  static OneClient withBatons(int batons) {
    return new OneClient(batons, false);
  }

  /** It keeps its ticket until that is recalled; then the batons count. */
  static OneClient withBias(int batons) {
    return new OneClient(batons, true);
  }

  static EngineSettings settings(int batons, boolean bias) {
    EngineSettings usual = EngineSettings.ofTtl(Duration.ofSeconds(15));
    return new EngineSettings(
        usual.ttl(),
        usual.beat(),
        usual.margin(),
        usual.operationTimeout(),
        usual.longestWait(),
        batons,
        usual.batonTime(),
        bias,
        usual.biasIdle(),
        "",
        false);
  }

  DistributedLock lock() {
    return engine.locks().mutex(NAME);
  }

  /** Any event at all: it closes the way past the queue's lock, and opens it again. */
  void event() {
    queue().locked(() -> {});
  }

  /** Another client is said to want the lock. */
  void recall() {
    Effects effects = Effects.here();
    queue().recalled(effects);
    effects.run();
  }

  /** Stands in line, at a store that answers here and now. */
  Waiter arrive(Waiter.End end) {
    Wanted wanted =
        new Wanted(LockName.of(NAME), Mode.EXCLUSIVE, 1, "", 0, engine.settings().bias());
    Waiter waiter = new Waiter(wanted, false, engine.now(), null, end);
    Effects effects = Effects.here();
    engine.acquire(wanted.name(), waiter, effects);
    effects.run();
    return waiter;
  }

  /** Whether somebody who stands in line has stepped back, and is told nothing more. */
  boolean stepBack(Waiter waiter) {
    Effects effects = Effects.here();
    boolean out = engine.withdraw(LockName.of(NAME), waiter, Lane.Withdrawal.CANCELLED, effects);
    effects.run();
    return out;
  }

  private NameQueue queue() {
    return engine.queueFor(LockName.of(NAME));
  }
}
