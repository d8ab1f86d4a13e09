package io.tyer.testkit.torture;

import io.tyer.Tyer;
import io.tyer.testkit.history.Event;
import io.tyer.testkit.history.HistoryWriter;
import io.tyer.testkit.history.What;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** One client of the store from its opening to its closing, and the threads that use it. */
final class WorkerClient {

  private static final long MILLI = 1_000_000;
  private static final long LONGEST_END_MILLIS = 60_000;

  private final Tyer tyer;
  private final long waitMillis;
  private final int process;
  private final HistoryWriter history;
  private final Reports reports;
  private final Signals signals = new Signals();
  private final AtomicLong operations = new AtomicLong();
  private final Set<OperationLog> held = ConcurrentHashMap.newKeySet();
  private final List<Thread> threads = new ArrayList<>();

  /**
   * Begins.
   *
   * @param waitMillis how long the client lets any acquire wait; 0 for without limit
   */
  WorkerClient(Tyer tyer, long waitMillis, int process, HistoryWriter history, Reports reports) {
    this.tyer = tyer;
    this.waitMillis = waitMillis;
    this.process = process;
    this.history = history;
    this.reports = reports;
  }

  void start(
      WorkerJob job,
      SplittableRandom random,
      ScheduledExecutorService timers,
      Supplier<ResourceClient> resources) {
    note(What.STARTED, "pid " + ProcessHandle.current().pid());
    for (int i = 0; i < job.threads(); i++) {
      Wishes wishes = new Wishes(job.names(), job.ttl(), random.split());
      WorkerThread body = new WorkerThread(this, tyer, wishes, signals, timers, resources.get());
      threads.add(new Thread(null, body, "worker-" + process + "-" + i, 0, false));
    }
    reports.say(Reports.OPENED, Integer.toString(process));
    threads.forEach(Thread::start);
  }

  void calmDown() {
    signals.calmDown();
  }

  String note(Wish wish) {
    return wish.note(waitMillis);
  }

  OperationLog begin(Wish.Thing thing) {
    return new OperationLog(history, process, operations.incrementAndGet(), thing);
  }

  void holds(OperationLog log) {
    held.add(log);
  }

  void gives(OperationLog log) {
    held.remove(log);
  }

  void unexpected(String during, Throwable thrown) {
    reports.say(Reports.UNEXPECTED, "client " + process + ", " + during + ": " + thrown);
    reports.trace(thrown);
  }

  /** Lets all threads finish what they hold, and closes. */
  void end() {
    signals.stop();
    interruptWaiting();
    close();
  }

  /** Closes while its threads wait and hold. */
  void endSuddenly() {
    close();
  }

  private void close() {
    // From here on nobody may believe in a lease; what close() tells may be written too late.
    held.forEach(log -> log.now(What.INVALID, "its client is about to be closed"));
    tyer.close();
    signals.stop();
    interruptWaiting();
    List<String> stuck = threads.stream().filter(Thread::isAlive).map(Thread::getName).toList();
    if (!stuck.isEmpty()) {
      reports.say(Reports.UNEXPECTED, "still at work after their client was closed: " + stuck);
    }
    note(What.ENDED, "");
    reports.say(Reports.CLOSED, Integer.toString(process));
  }

  /** Interrupts those that wait, since their wait may have no end, until all have finished. */
  private void interruptWaiting() {
    long deadline = System.nanoTime() + LONGEST_END_MILLIS * MILLI;
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive() && System.nanoTime() - deadline < 0) {
        thread.interrupt();
        try {
          thread.join(100);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void note(What what, String note) {
    history.write(new Event(System.nanoTime(), process, 0, what, "", 0, 0, 0, 0, note));
  }
}
