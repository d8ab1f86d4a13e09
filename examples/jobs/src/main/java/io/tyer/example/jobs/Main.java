package io.tyer.example.jobs;

import io.tyer.Tyer;
import io.tyer.example.frame.ChildProcess;
import io.tyer.example.frame.Delay;
import io.tyer.example.frame.HostedDatabase;
import io.tyer.example.frame.Program;
import io.tyer.example.frame.Screen;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The program {@code ./tyer demo jobs}: three processes share jobs, one of them is killed, the
 * configuration is changed; afterwards it is looked at what was done, and when.
 */
public final class Main {

  private static final int JOBS = 36;
  private static final Duration TAKES = Duration.ofMillis(150);
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Screen screen;
  private final Tyer tyer;
  private final JobTable table;
  private final CountDownLatch ready = new CountDownLatch(3);
  private final Timeline timeline = new Timeline();

  private Main(Screen screen, Tyer tyer, JobTable table) {
    this.screen = screen;
    this.tyer = tyer;
    this.table = table;
  }

  /** Runs it, and exits as its help says. */
  public static void main(String[] args) {
    Program.main(
        "jobs",
        "workers of three processes share a queue; one of them is killed.",
        args,
        (directory, screen) -> {
          String store = "file:" + directory;
          try (HostedDatabase database = HostedDatabase.start();
              Tyer tyer = Tyer.open(store)) {
            new Main(screen, tyer, JobTable.create(database)).show(store, database);
          }
        });
  }

  private void show(String store, HostedDatabase database)
      throws IOException, SQLException, InterruptedException {
    screen.line(
        JOBS
            + " jobs of the kinds "
            + WorkerProcess.KINDS
            + ", "
            + WorkerProcess.AT_ONCE
            + " of a kind at a time; processes a, b and c with two workers each.");
    List<ChildProcess> processes = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      int last = name.equals("c") ? 2 : 0;
      processes.add(
          WorkerProcess.start(line -> heard(name, line), name, store, database, TAKES, last));
    }
    screen.require(ready.await(LIMIT_NANOS, TimeUnit.NANOSECONDS), "all processes are ready");
    for (int id = 1; id <= JOBS; id++) {
      table.add(new Job(id, WorkerProcess.KINDS.get(id % 3), "job " + id));
    }
    awaitOpen(JOBS / 2);
    long before = System.nanoTime();
    boolean changed = Worker.configure(tyer, table, "the second sender", WorkerProcess.PATIENCE);
    long after = System.nanoTime();
    awaitOpen(0);
    screen.require(processes.get(0).end() == 0, "process a has ended well");
    screen.require(processes.get(1).end() == 0, "process b has ended well");
    judge(processes.get(2).end());
    screen.check(
        changed && timeline.wasQuiet(before, after),
        "the configuration was changed while no job ran, after "
            + TimeUnit.NANOSECONDS.toMillis(after - before)
            + " ms");
  }

  private void awaitOpen(int most) throws SQLException {
    long began = System.nanoTime();
    while (table.open() > most) {
      if (System.nanoTime() - began > LIMIT_NANOS) {
        throw new IllegalStateException("more than " + most + " jobs are open after a minute");
      }
      Delay.spend(Duration.ofMillis(20));
    }
  }

  private void heard(String name, String line) {
    if (line.equals(WorkerProcess.READY)) {
      ready.countDown();
    } else {
      timeline.heard(name, line);
    }
  }

  private void judge(int killed) throws SQLException {
    screen.line("Done by each worker: " + table.doneBy());
    for (String name : List.of("a", "b")) {
      screen.check(
          table.doneBy().keySet().stream().anyMatch(worker -> worker.startsWith(name)),
          "process " + name + " has done some");
    }
    screen.check(killed == ChildProcess.KILLED, "process c was killed in its second job");
    List<Long> results = table.results();
    screen.check(
        results.equals(List.of((long) JOBS, (long) JOBS)),
        results.get(0) + " results of " + results.get(1) + " jobs: each was done once");
    int most = timeline.mostAtOnce();
    screen.check(most <= WorkerProcess.AT_ONCE, "never more than " + most + " of a kind at a time");
  }
}
