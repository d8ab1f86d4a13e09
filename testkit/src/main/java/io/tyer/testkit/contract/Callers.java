package io.tyer.testkit.contract;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * Threads on which a test makes blocking calls: platform threads, or virtual ones when the system
 * property {@code tyer.threads} is {@code virtual}.
 */
final class Callers {

  static final boolean VIRTUAL = "virtual".equals(System.getProperty("tyer.threads"));

  private final List<Thread> threads = new ArrayList<>();

  /** A call that goes on. */
  static final class Calling<T> {
    final CompletableFuture<T> outcome = new CompletableFuture<>();
    private final Thread thread;

    private Calling(Callable<T> call) {
      thread = unstarted(() -> run(call));
    }

    private void run(Callable<T> call) {
      try {
        outcome.complete(call.call());
      } catch (Throwable e) {
        outcome.completeExceptionally(e);
      }
    }

    void interrupt() {
      thread.interrupt();
    }

    boolean isBlocked() {
      Thread.State state = thread.getState();
      return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
    }
  }

  /** Starts a call on a thread of its own. */
  <T> Calling<T> call(Callable<T> call) {
    Calling<T> calling = new Calling<>(call);
    threads.add(calling.thread);
    calling.thread.start();
    return calling;
  }

  /** Interrupts whatever still runs, and waits for it. */
  void end() throws InterruptedException {
    for (Thread thread : threads) {
      thread.interrupt();
    }
    for (Thread thread : threads) {
      thread.join(30_000);
      if (thread.isAlive()) {
        throw new AssertionError("a call did not end when it was interrupted: " + thread);
      }
    }
  }

  private static Thread unstarted(Runnable task) {
    if (!VIRTUAL) {
      Thread thread = new Thread(task, "caller");
      thread.setDaemon(true);
      return thread;
    }
    try {
      // Thread.ofVirtual().unstarted(task), which JDK 17 does not have.
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      Method unstarted =
          Class.forName("java.lang.Thread$Builder").getMethod("unstarted", Runnable.class);
      return (Thread) unstarted.invoke(builder, task);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("tyer.threads=virtual needs JDK 21 or later", e);
    }
  }
}
