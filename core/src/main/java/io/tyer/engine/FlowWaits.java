package io.tyer.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Which threads of this process are known to wait, each for one thing, by whatever client. */
final class FlowWaits implements Circle.Seen {

  static final FlowWaits OF_THIS_PROCESS = new FlowWaits();

  private final Map<Thread, FlowWait> known = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private long last;

  private FlowWaits() {}

  /**
   * The current thread's wait is known from here on: whoever is known later has a larger number and
   * finds it.
   */
  FlowWait begin(Wanted wanted, Waiter waiter, NameShell shell) {
    lock.lock();
    try {
      last++;
      FlowWait wait = new FlowWait(last, Thread.currentThread(), wanted, waiter, shell);
      known.put(wait.thread(), wait);
      return wait;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public @Nullable FlowWait of(Thread thread) {
    return known.get(thread);
  }

  @Override
  public List<Holding> blockersOf(FlowWait wait) {
    return wait.shell().blockersOf(wait.waiter());
  }

  /** It is over, however it ended. */
  void end(FlowWait wait) {
    known.remove(wait.thread());
  }
}
