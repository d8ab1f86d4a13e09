package io.tyer.engine;

import io.tyer.Acquirable;
import io.tyer.AllLocks;
import io.tyer.DistributedLock;
import io.tyer.DistributedReadWriteLock;
import io.tyer.DistributedSemaphore;
import io.tyer.LockView;
import io.tyer.line.Ask;
import io.tyer.line.LockName;
import java.util.List;

/** Makes the lock objects users are given; they hold no state of their own. */
public final class Locks {

  private final Engine engine;
  private final JavaHolds holds = new JavaHolds();

  Locks(Engine engine) {
    this.engine = engine;
  }

  Engine engine() {
    return engine;
  }

  JavaHolds holds() {
    return holds;
  }

  private Wanted wanted(String name, Mode mode) {
    return new Wanted(
        LockName.of(name), mode, 1, engine.settings().owner(), 0, engine.settings().bias());
  }

  LockView view(LockName name) {
    return engine.view(name);
  }

  /** As {@link io.tyer.Tyer#lock}. */
  public DistributedLock mutex(String name) {
    return new EngineLock(this, wanted(name, Mode.EXCLUSIVE));
  }

  /** As {@link io.tyer.Tyer#readWriteLock}. */
  public DistributedReadWriteLock readWrite(String name) {
    return new EngineReadWriteLock(this, wanted(name, Mode.EXCLUSIVE));
  }

  /** As {@link io.tyer.Tyer#all}. */
  public AllLocks all(List<? extends Acquirable> given) {
    return EngineAll.of(this, given);
  }

  /** As {@link io.tyer.Tyer#semaphore}. */
  public DistributedSemaphore semaphore(String name, int permits) {
    if (permits < 1 || permits > Ask.MAX_PERMITS) {
      throw new IllegalArgumentException(
          "a semaphore has from 1 to " + Ask.MAX_PERMITS + " permits, not " + permits);
    }
    return new EngineSemaphore(this, wanted(name, Mode.permits(permits)));
  }
}
