package io.tyer.testkit.torture;

import io.tyer.Tyer;
import io.tyer.TyerBuilder;
import io.tyer.TyerException;
import io.tyer.TyerOption;
import io.tyer.testkit.history.HistoryWriter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A worker: opens clients, lets them work, closes them now and then and opens others. */
final class WorkerRun {

  /** How many clients one life of a worker may open, since each has a number in the history. */
  static final int MOST_CLIENTS = 10_000;

  /** Clients draw theirs below it. */
  static final int LONGEST_OPERATION_TIMEOUT_MILLIS = 2_500;

  private static final long MILLI = 1_000_000;

  private final WorkerJob job;
  private final Reports reports;
  private final Signals signals = new Signals();
  private final HistoryWriter history;
  private final AtomicInteger nextProcess;
  private final ScheduledThreadPoolExecutor timers;
  private final List<Thread> keepers = new ArrayList<>();

  WorkerRun(WorkerJob job, Reports reports) throws IOException {
    this.job = job;
    this.reports = reports;
    this.history = new HistoryWriter(Path.of(job.history()));
    this.nextProcess = new AtomicInteger(job.firstProcess());
    this.timers =
        new ScheduledThreadPoolExecutor(
            1, body -> new Thread(null, body, "worker-timer", 0, false));
    timers.setRemoveOnCancelPolicy(true);
  }

  void start() {
    SplittableRandom random = new SplittableRandom(job.seed());
    for (int i = 0; i < job.clients(); i++) {
      SplittableRandom own = random.split();
      keepers.add(new Thread(null, () -> keep(own), "worker-client-" + i, 0, false));
    }
    keepers.forEach(Thread::start);
  }

  /** Nothing is to be held for long any more. */
  void calmDown() {
    signals.calmDown();
  }

  /** Finishes, and closes everything. */
  void stop() throws IOException {
    signals.stop();
    boolean interrupted = false;
    for (Thread keeper : keepers) {
      while (keeper.isAlive()) {
        try {
          keeper.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    timers.shutdownNow();
    history.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void keep(SplittableRandom random) {
    try {
      while (!signals.stopped()) {
        SplittableRandom own = random.split();
        long waitMillis = own.nextInt(4) == 0 ? 3_000 : 0;
        Tyer tyer = open(own, waitMillis);
        if (tyer != null) {
          work(tyer, waitMillis, own);
        }
      }
    } catch (RuntimeException | Error e) {
      reports.say(Reports.UNEXPECTED, "a worker's client: " + e);
      reports.trace(e);
    }
  }

  private void work(Tyer tyer, long waitMillis, SplittableRandom random) {
    int number = nextProcess.getAndIncrement();
    if (number >= job.firstProcess() + MOST_CLIENTS) {
      tyer.close();
      throw new IllegalStateException("more than " + MOST_CLIENTS + " clients in one life");
    }
    WorkerClient client = new WorkerClient(tyer, waitMillis, number, history, reports);
    long life = random.nextLong(5_000, 40_000) * MILLI;
    boolean suddenly = random.nextInt(3) == 0;
    client.start(
        job,
        random,
        timers,
        () -> new ResourceClient(new InetSocketAddress(job.resourceHost(), job.resourcePort())));
    long end = System.nanoTime() + life;
    for (long left = life; left > 0 && !signals.stopped(); left = end - System.nanoTime()) {
      if (signals.calm()) {
        client.calmDown();
      }
      signals.pause(Math.min(left, 50 * MILLI));
    }
    if (suddenly && !signals.stopped()) {
      client.endSuddenly();
    } else {
      client.end();
    }
  }

  /** A client with options of its own; null if the store cannot be reached now. */
  private @Nullable Tyer open(SplittableRandom random, long waitMillis) {
    TyerBuilder builder = Tyer.builder(job.uri()).ttl(job.ttl().draw(random));
    builder.option(
        TyerOption.OPERATION_TIMEOUT, random.nextInt(800, LONGEST_OPERATION_TIMEOUT_MILLIS) + "ms");
    builder.option(TyerOption.CONNECT_TIMEOUT, "1s");
    builder.option(TyerOption.BIAS, Boolean.toString(random.nextInt(3) == 0));
    if (random.nextInt(3) == 0) {
      builder.option(TyerOption.BATONS, Integer.toString(random.nextInt(3)));
    }
    if (waitMillis > 0) {
      builder.option(TyerOption.WAIT, waitMillis + "ms");
    }
    try {
      return builder.open();
    } catch (TyerException e) {
      signals.pause(100 * MILLI);
      return null;
    }
  }
}
