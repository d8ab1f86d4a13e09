package io.tyer.example.jobs;

import io.tyer.Tyer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

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

  static final int KILLED = 137;
  static final String READY = "ready";
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final int WORKERS = 2;

  private WorkerProcess() {}

  /** Works until its input ends. */
  public static void main(String[] args) throws IOException, InterruptedException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    String name = in.readLine();
    try (Tyer tyer = Tyer.builder(in.readLine()).ttl(Duration.ofSeconds(1)).open()) {
      JobTable table = HostedDatabase.open(in);
      long nanos = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(in.readLine()));
      int last = Integer.parseInt(in.readLine());
      AtomicInteger begun = new AtomicInteger();
      Worker.Handler handler =
          (job, configuration) -> {
            say(out, "begin", job);
            if (begun.incrementAndGet() == last) {
              Runtime.getRuntime().halt(KILLED); // as kill -9: nothing is closed, nothing said
            }
            takeTime(nanos);
            say(out, "end", job);
            return job.text() + ", from " + configuration.sender();
          };
      CountDownLatch stop = new CountDownLatch(1);
      List<Thread> workers = new ArrayList<>();
      for (int i = 1; i <= WORKERS; i++) {
        Worker worker = new Worker(name + i, tyer, table, KINDS, AT_ONCE, PATIENCE, handler);
        workers.add(new Thread(() -> work(worker, stop), name + i));
      }
      out.println(READY);
      workers.forEach(Thread::start);
      while (in.readLine() != null) {
        // Only its end matters.
      }
      stop.countDown();
      for (Thread worker : workers) {
        worker.join();
      }
    }
  }

  private static void say(PrintStream out, String what, Job job) {
    // Counted from the machine's start, so that lines of several processes can be put in order.
    out.println(what + " " + job.kind() + " " + job.id() + " " + System.nanoTime());
  }

  private static void takeTime(long nanos) {
    long until = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static void work(Worker worker, CountDownLatch stop) {
    try {
      worker.workUntil(stop);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts one. What is secret goes by its input, where nobody else sees it. */
  static Process start(String name, String store, HostedDatabase database, Duration takes, int last)
      throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx96m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                    "-cp",
                    System.getProperty("java.class.path"),
                    WorkerProcess.class.getName()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> lines =
        List.of(
            name,
            store,
            database.connection(),
            Long.toString(takes.toMillis()),
            Integer.toString(last));
    process
        .getOutputStream()
        .write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    return process;
  }
}
