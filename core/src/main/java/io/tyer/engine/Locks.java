package io.tyer.engine;

import io.tyer.Acquirable;
import io.tyer.AllLocks;
import io.tyer.DistributedLock;
import io.tyer.DistributedReadWriteLock;
import io.tyer.DistributedSemaphore;
import io.tyer.Reservation;
import io.tyer.line.Ask;
import io.tyer.line.LockName;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the lock objects users are given; they hold no state of their own. */
public final class Locks {

  private final ClientLocks locks;

  Locks(Client engine, EngineOperator operator) {
    this.locks = new ClientLocks(engine, new JavaHolds(), operator);
  }

  private Wanted wanted(String name, Mode mode) {
    EngineSettings settings = locks.engine().settings();
    return new Wanted(LockName.of(name), mode, 1, settings.owner(), 0, settings.bias());
  }

  /** As {@link io.tyer.Tyer#lock}. */
  public DistributedLock mutex(String name) {
    return new EngineLock(locks, wanted(name, Mode.EXCLUSIVE));
  }

  /** As {@link io.tyer.Tyer#reserve}. */
  public Map<String, Reservation> reserve(Collection<String> names) throws InterruptedException {
    Map<String, Wanted> wanted = new LinkedHashMap<>();
    names.forEach(name -> wanted.put(name, wanted(name, Mode.EXCLUSIVE)));
    return Reserving.all(locks.engine(), wanted);
  }

  /** As {@link io.tyer.Tyer#readWriteLock}. */
  public DistributedReadWriteLock readWrite(String name) {
    return new EngineReadWriteLock(locks, wanted(name, Mode.EXCLUSIVE));
  }

  /** As {@link io.tyer.Tyer#all}. */
  public AllLocks all(List<? extends Acquirable> given) {
    return EngineAll.of(locks, given);
  }

  /** As {@link io.tyer.Tyer#semaphore}. */
  public DistributedSemaphore semaphore(String name, int permits) {
    if (permits < 1 || permits > Ask.MAX_PERMITS) {
      throw new IllegalArgumentException(
          "a semaphore has from 1 to " + Ask.MAX_PERMITS + " permits, not " + permits);
    }
    return new EngineSemaphore(locks, wanted(name, Mode.permits(permits)));
  }
}
