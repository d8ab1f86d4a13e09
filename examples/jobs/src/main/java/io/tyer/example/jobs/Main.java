package io.tyer.example.jobs;

import io.tyer.Tyer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The program {@code ./tyer demo jobs}: three processes share jobs, one of them is killed, the
 * configuration is changed; afterwards it is looked at what was done, and when.
 */
public final class Main {

  private static final String HELP =
      """
      ./tyer demo jobs: workers of three processes share a queue; one of them is killed.
      Takes no arguments. Exit codes: 0 all was as promised, 1 it was not, 2 wrong arguments.\
      """;

  private static final int JOBS = 36;
  private static final Duration TAKES = Duration.ofMillis(150);
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Tyer tyer;
  private final JobTable table;
  private final CountDownLatch ready = new CountDownLatch(3);
  private final Timeline timeline = new Timeline();
  private boolean right = true;

  private Main(Tyer tyer, JobTable table) {
    this.tyer = tyer;
    this.table = table;
  }

  /** Runs it, and exits with 0, 1 or 2 as its help says. */
  public static void main(String[] args) throws IOException, SQLException, InterruptedException {
    if (args.length > 0) {
      boolean asked = List.of("-h", "--help").contains(args[0]);
      System.out.println(HELP);
      System.exit(asked ? 0 : 2);
    }
    Path directory = Files.createTempDirectory("tyer-jobs");
    String store = "file:" + directory;
    boolean right;
    try (HostedDatabase database = HostedDatabase.start();
        Tyer tyer = Tyer.open(store)) {
      right = new Main(tyer, database.open()).run(store, database);
    } finally {
      delete(directory);
    }
    System.exit(right ? 0 : 1);
  }

  private boolean run(String store, HostedDatabase database)
      throws IOException, SQLException, InterruptedException {
    say(
        JOBS
            + " jobs of the kinds "
            + WorkerProcess.KINDS
            + ", "
            + WorkerProcess.AT_ONCE
            + " of a kind at a time; processes a, b and c with two workers each.");
    List<Process> processes = new ArrayList<>();
    List<Thread> listeners = new ArrayList<>();
    try {
      for (String name : List.of("a", "b", "c")) {
        Process process =
            WorkerProcess.start(name, store, database, TAKES, name.equals("c") ? 2 : 0);
        processes.add(process);
        Thread listener = new Thread(() -> listen(name, process), "listener");
        listener.start();
        listeners.add(listener);
      }
      right &= ready.await(LIMIT_NANOS, TimeUnit.NANOSECONDS);
      for (int id = 1; id <= JOBS; id++) {
        table.add(new Job(id, WorkerProcess.KINDS.get(id % 3), "job " + id));
      }
      awaitOpen(JOBS / 2);
      long before = System.nanoTime();
      boolean changed = Worker.configure(tyer, table, "the second sender", WorkerProcess.PATIENCE);
      long after = System.nanoTime();
      awaitOpen(0);
      for (Process process : processes.subList(0, 2)) {
        process.getOutputStream().close(); // they stop
      }
      int killed = exitCode(processes.get(2));
      for (Thread listener : listeners) {
        listener.join();
      }
      judge(killed);
      check(
          changed && timeline.wasQuiet(before, after),
          "the configuration was changed while no job ran, after "
              + TimeUnit.NANOSECONDS.toMillis(after - before)
              + " ms");
    } finally {
      processes.forEach(Process::destroyForcibly);
    }
    say(right ? "All as promised." : "NOT AS PROMISED");
    return right;
  }

  private void awaitOpen(int most) throws SQLException {
    long began = System.nanoTime();
    while (table.open() > most) {
      if (System.nanoTime() - began > LIMIT_NANOS) {
        throw new IllegalStateException("more than " + most + " jobs are open after a minute");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private void listen(String name, Process process) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals(WorkerProcess.READY)) {
          ready.countDown();
        } else {
          timeline.heard(name, line);
        }
      }
    } catch (IOException e) {
      // It was killed: what it has not said is missed.
    }
  }

  private static int exitCode(Process process) throws IOException, InterruptedException {
    if (process.isAlive()) {
      process.getOutputStream().close();
    }
    return process.waitFor();
  }

  private void judge(int killed) throws SQLException {
    say("Done by each worker: " + table.doneBy());
    for (String name : List.of("a", "b")) {
      check(
          table.doneBy().keySet().stream().anyMatch(worker -> worker.startsWith(name)),
          "process " + name + " has done some");
    }
    check(killed == WorkerProcess.KILLED, "process c was killed in its second job");
    List<Long> results = table.results();
    check(
        results.equals(List.of((long) JOBS, (long) JOBS)),
        results.get(0) + " results of " + results.get(1) + " jobs: each was done once");
    int most = timeline.mostAtOnce();
    check(most <= WorkerProcess.AT_ONCE, "never more than " + most + " of a kind at a time");
  }

  private void check(boolean holds, String what) {
    right &= holds;
    say((holds ? "  right: " : "  WRONG: ") + what);
  }

  private static void say(String line) {
    System.out.println(line);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
