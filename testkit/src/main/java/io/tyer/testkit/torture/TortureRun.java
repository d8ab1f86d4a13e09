package io.tyer.testkit.torture;

import io.tyer.Tyer;
import io.tyer.TyerException;
import io.tyer.TyerOption;
import io.tyer.testkit.history.Event;
import io.tyer.testkit.history.HistoryWriter;
import io.tyer.testkit.history.What;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** One torture run, from its first process to its verdict. */
final class TortureRun {

  private static final long SECOND = 1_000_000_000;
  private static final Duration LATE_FAULTS = Duration.ofSeconds(20);
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** The numbers of clients in the history: a worker's, and those of each of its lives. */
  private static final int WORKER_NUMBERS = 10_000_000;

  private static final int LIFE_NUMBERS = WorkerRun.MOST_CLIENTS;

  private final TorturePlan plan;
  private final Histories histories;
  private final Names names;
  private final SplittableRandom forSchedule;
  private final long forWorkers;
  private final ConcurrentLinkedQueue<String> complaints = new ConcurrentLinkedQueue<>();
  private final Findings findings = new Findings();
  private final Signals never = new Signals();

  TortureRun(TorturePlan plan) {
    this.plan = plan;
    this.histories = new Histories(plan.output());
    // Drawn in a fixed order, whatever is used of it.
    SplittableRandom random = new SplittableRandom(plan.seed());
    this.names = Names.drawn(random.split());
    this.forSchedule = random.split();
    this.forWorkers = random.nextLong();
  }

  TortureVerdict run() throws IOException, InterruptedException {
    say(
        "seed "
            + plan.seed()
            + ": "
            + plan.subject()
            + ", "
            + plan.workers()
            + " workers, "
            + plan.time().toSeconds()
            + " s");
    say("again: " + Replay.command(plan));
    Files.createDirectories(plan.output());
    try (Ground ground = new Ground(plan)) {
      return Hook.during(
          ground::close,
          () -> {
            ground.prepare();
            return run(ground);
          });
    }
  }

  private TortureVerdict run(Ground ground) throws IOException, InterruptedException {
    requireUsable(ground.uri());
    ground.skipped().forEach((kind, reason) -> say("without " + kind.label() + ": " + reason));
    try (HistoryWriter nemesisHistory = new HistoryWriter(histories.file("nemesis"));
        ResourceProcess resource =
            ResourceProcess.start(
                histories.file("resource"),
                plan.output().resolve("resource.log"),
                ground.listensAt(),
                plan.fenced())) {
      return plan.inThisProcess()
          ? runThreads(ground, nemesisHistory, resource)
          : runProcesses(ground, nemesisHistory, resource);
    }
  }

  /** Before anything else: a store that nobody can use is no finding. */
  private void requireUsable(String uri) throws IOException {
    // A JVM's first client loads half of a client library, which is nobody's time-out.
    try (Tyer tyer =
        Tyer.builder(uri)
            .ttl(Duration.ofSeconds(60))
            .option(TyerOption.CONNECT_TIMEOUT, "30s")
            .option(TyerOption.OPERATION_TIMEOUT, "30s")
            .open()) {
      say("the store is " + tyer.store());
    } catch (TyerException e) {
      throw new IOException("the store cannot be used: " + e.getMessage(), e);
    }
  }

  private TortureVerdict runProcesses(
      Ground ground, HistoryWriter nemesisHistory, ResourceProcess resource)
      throws IOException, InterruptedException {
    try (ProcessCrew crew =
        new ProcessCrew(
            plan.workers(),
            (place, life) -> launch(ground, resource, place, life),
            nemesisHistory,
            complaints::add)) {
      return Hook.during(crew::killAll, () -> run(ground, nemesisHistory, resource, crew, crew));
    }
  }

  private TortureVerdict runThreads(
      Ground ground, HistoryWriter nemesisHistory, ResourceProcess resource)
      throws IOException, InterruptedException {
    try (ThreadCrew crew =
        new ThreadCrew(
            plan.workers(), worker -> job(ground, resource, worker, 0), complaints::add)) {
      return run(ground, nemesisHistory, resource, null, crew);
    }
  }

  private Process launch(Ground ground, ResourceProcess resource, int place, int life)
      throws IOException {
    String title = "worker-" + place + "-" + life;
    Path job = plan.output().resolve(title + ".json");
    job(ground, resource, place, life).write(job);
    return Jvm.start(
        ground.prefixOf(place),
        ground.environmentOf(place),
        plan.output().resolve(title + ".log"),
        TortureWorker.class,
        List.of(job.toString()));
  }

  private WorkerJob job(Ground ground, ResourceProcess resource, int worker, int life) {
    if (life >= WORKER_NUMBERS / LIFE_NUMBERS) {
      throw new IllegalStateException("worker " + worker + " was killed too often to be numbered");
    }
    SplittableRandom own = new SplittableRandom(forWorkers + 1_000L * worker + life);
    return new WorkerJob(
        ground.uriOf(worker),
        WORKER_NUMBERS * (worker + 1) + LIFE_NUMBERS * life,
        own.nextLong(),
        histories.file("worker-" + worker + "-" + life).toString(),
        ground.hostFor(worker),
        resource.port(),
        names,
        1 + own.nextInt(2),
        plan.threads(),
        plan.ttl());
  }

  private TortureVerdict run(
      Ground ground,
      HistoryWriter nemesisHistory,
      ResourceProcess resource,
      @Nullable ProcessCrew processes,
      Crew crew)
      throws IOException, InterruptedException {
    Set<FaultKind> kinds = ground.available();
    List<Blow> blows =
        Schedule.draw(forSchedule, kinds, plan.workers(), plan.ttl(), plan.time().toMillis());
    crew.start();
    say("workers are at work; faults: " + kinds.stream().map(FaultKind::label).toList());
    try (Nemesis nemesis = new Nemesis(ground.faults(processes), nemesisHistory, this::say)) {
      return run(ground, nemesisHistory, resource, processes, crew, nemesis, blows);
    }
  }

  private TortureVerdict run(
      Ground ground,
      HistoryWriter nemesisHistory,
      ResourceProcess resource,
      @Nullable ProcessCrew processes,
      Crew crew,
      Nemesis nemesis,
      List<Blow> blows)
      throws IOException, InterruptedException {
    Judge judge = new Judge(plan, findings, histories, () -> nemesis.struck().keySet());
    boolean endsEarly;
    try (Keeper keeper = new Keeper(ground.uri(), () -> FaultKind.kills(nemesis.struck()))) {
      nemesis.carryOut(blows);
      endsEarly = watch(judge);
      if (!endsEarly) {
        nemesis.awaitEachKind(LATE_FAULTS);
      }
      nemesis.stop();
      if (!endsEarly) {
        quiet(ground, nemesisHistory, crew);
      }
      keeper.end();
      judge.survival(keeper, endsEarly);
    }
    if (!endsEarly) {
      crew.stop();
      say("workers have finished");
      Aftermath aftermath = aftermath(ground);
      findings.check(
          "leftovers",
          "nothing is left in the store",
          aftermath.nothingLeft(ground.server().orElse(null)),
          "");
      judge.connections(ground);
    } else if (processes != null) {
      processes.killAll();
    } else {
      crew.stop();
    }
    judge.resource(resource);
    findings.check("nemesis", "every fault could strike and be healed", nemesis.troubles(), "");
    findings.check(
        "workers",
        "workers ended well, and threw nothing that is not documented",
        List.copyOf(complaints),
        "");
    return judge.verdict(ground, nemesis, endsEarly ? List.of() : blows, endsEarly);
  }

  /** Until time is over; returns whether a violation was found that ends the run. */
  private boolean watch(Judge judge) throws IOException {
    long end = System.nanoTime() + plan.time().toNanos();
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      never.pause(Math.min(left, SECOND));
      if (plan.stopAtFirst() && judge.violated()) {
        say("a violation was found; the run ends here");
        return true;
      }
    }
    return false;
  }

  /** All is healed, and workers still work: now everything must come to its end. */
  private void quiet(Ground ground, HistoryWriter nemesisHistory, Crew crew) throws IOException {
    crew.calmDown();
    long from = System.nanoTime();
    nemesisHistory.write(new Event(from, 0, 0, What.QUIET, "", 0, 0, 0, 0, ""));
    say("all is healed; quiet");
    Aftermath aftermath = aftermath(ground);
    findings.check(
        "progress", "every lock can be acquired when all is healed", aftermath.acquireAll(), "");
    long shortest = from + plan.longestTtl().toNanos() + 2 * SECOND;
    never.pause(Math.max(0, shortest - System.nanoTime()));
    long longest = from + plan.longestTtl().plus(GRACE).toNanos();
    List<String> pending = Outcomes.pending(histories.read(), from);
    while (!pending.isEmpty() && System.nanoTime() - longest < 0) {
      never.pause(SECOND);
      pending = Outcomes.pending(histories.read(), from);
    }
    findings.check("progress", "who waited when all was healed was served", pending, "");
  }

  private Aftermath aftermath(Ground ground) {
    return new Aftermath(ground.uri(), names, plan.longestTtl(), GRACE);
  }

  private void say(String line) {
    plan.console().accept("torture: " + line);
  }
}
