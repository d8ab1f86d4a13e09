package io.tyer.example.jobs;

import io.tyer.Tyer;
import io.tyer.example.frame.ChildProcess;
import io.tyer.example.frame.Delay;
import io.tyer.example.frame.HostedDatabase;
import io.tyer.example.frame.Parent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process with two workers. On its standard input it is told its name, the lock store, the
 * database, how long a job takes and in which of its jobs it dies (0 for none), and works until
 * that input ends. On its standard output it says {@code ready}, and {@code begin} and {@code end}
 * of each job.
 */
public final class WorkerProcess {

  static final List<String> KINDS = List.of("mail", "report", "image");

  /** How many of a kind run at once. */
  static final int AT_ONCE = 2;

  static final String READY = "ready";
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final int WORKERS = 2;

  private WorkerProcess() {}

  /** Works until its input ends. */
  public static void main(String[] args) throws InterruptedException {
    Parent parent = new Parent();
    String name = parent.hear();
    try (Tyer tyer = Tyer.builder(parent.hear()).ttl(Duration.ofSeconds(1)).open()) {
      JobTable table = JobTable.at(parent.hear());
      Duration takes = Duration.ofMillis(Long.parseLong(parent.hear()));
      int last = Integer.parseInt(parent.hear());
      AtomicInteger begun = new AtomicInteger();
      Worker.Handler handler =
          (job, configuration) -> {
            say(parent, "begin", job);
            if (begun.incrementAndGet() == last) {
              Parent.halt();
            }
            Delay.spend(takes);
            say(parent, "end", job);
            return job.text() + ", from " + configuration.sender();
          };
      CountDownLatch stop = new CountDownLatch(1);
      List<Thread> workers = new ArrayList<>();
      for (int i = 1; i <= WORKERS; i++) {
        Worker worker = new Worker(name + i, tyer, table, KINDS, AT_ONCE, PATIENCE, handler);
        workers.add(new Thread(() -> work(worker, stop), name + i));
      }
      parent.say(READY);
      workers.forEach(Thread::start);
      parent.awaitEnd();
      stop.countDown();
      for (Thread worker : workers) {
        worker.join();
      }
    }
  }

  private static void say(Parent parent, String what, Job job) {
    // Counted from the machine's start, so that lines of several processes can be put in order.
    parent.say(what + " " + job.kind() + " " + job.id() + " " + System.nanoTime());
  }

  private static void work(Worker worker, CountDownLatch stop) {
    try {
      worker.workUntil(stop);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts one. */
  static ChildProcess start(
      ChildProcess.Listener listener,
      String name,
      String store,
      HostedDatabase database,
      Duration takes,
      int last)
      throws IOException {
    return ChildProcess.start(
        listener,
        WorkerProcess.class,
        name,
        store,
        database.url(),
        Long.toString(takes.toMillis()),
        Integer.toString(last));
  }
}
