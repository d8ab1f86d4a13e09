package io.tyer.engine;

import io.tyer.Deadlocks;
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
  private static final Wanted WANTED =
      new Wanted(LockName.of(NAME), Mode.EXCLUSIVE, 1, "", 0, false);

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
        usual.order(),
        bias,
        usual.biasIdle(),
        "",
        false,
        Deadlocks.ON);
  }

  DistributedLock lock() {
    return engine.locks().mutex(NAME);
  }

  /** Any event at all: it closes the way past the name's lock, and opens it again. */
  void event() {
    shell().on(new Event.KeptDue());
  }

  /** Another client is said to want the lock. */
  void recall() {
    shell().on(new Event.Recalled());
  }

  /** A lease that somebody wants. */
  HeldLease wanted() {
    return new HeldLease(WANTED, null);
  }

  /** Stands in line, at a store that answers here and now. */
  Waiter arrive(HeldLease lease, Waiter.End end) {
    Wanted wanted = WANTED.biased(engine.client().settings().bias());
    Waiter waiter = new Waiter(wanted, false, engine.client().now(), lease, end);
    Chain chain = Chain.here();
    engine.client().acquire(wanted.name(), waiter, lease, chain);
    chain.run();
    return waiter;
  }

  /** Somebody who stands in line would step back. */
  void stepBack(HeldLease lease, Waiter waiter) {
    Chain chain = Chain.here();
    lease.shell().on(new Event.Withdraw(waiter, false), chain);
    chain.run();
  }

  private NameShell shell() {
    LockName name = WANTED.name();
    return engine.client().shards().names(name).shell(name);
  }
}
