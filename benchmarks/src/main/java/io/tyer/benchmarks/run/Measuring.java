package io.tyer.benchmarks.run;

import io.tyer.benchmarks.play.Effort;
import io.tyer.benchmarks.rows.Figure;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs a plan, round by round, and tells how it goes. */
public final class Measuring {

  private final Plan plan;
  private final int rounds;
  private final Effort effort;
  private final List<String> jvmArguments;
  private final PrintWriter progress;
  private final Results results = new Results();
  private final List<String> failures = new ArrayList<>();
  private String collectors = "none";
  private int done;

  public Measuring(
      Plan plan, int rounds, Effort effort, List<String> jvmArguments, PrintWriter progress) {
    this.plan = plan;
    this.rounds = rounds;
    this.effort = effort;
    this.jvmArguments = jvmArguments;
    this.progress = progress;
  }

  /** All that was found by this command. */
  public Report report(String command) throws IOException, InterruptedException {
    try (Runner runner = new Runner(effort, jvmArguments)) {
      for (int round = 1; round <= rounds; round++) {
        for (Run run : plan.round(round)) {
          measure(runner, round, run);
        }
      }
      return new Report(
          command,
          Machine.here(),
          runner.servers(),
          collectors,
          rounds,
          effort,
          plan,
          results,
          failures);
    }
  }

  private void measure(Runner runner, int round, Run run) throws IOException, InterruptedException {
    String what = run.section().name() + " of " + Report.label(run);
    try {
      Outcome outcome = runner.run(run);
      collectors = outcome.collectors();
      results.add(round, run, outcome.figures());
      Figure first = run.row().figures().get(0);
      Double value = outcome.figures().get(first.key());
      say(round, what + ": " + Figure.text(value == null ? 0 : value) + " " + first.label());
    } catch (RunFailedException e) {
      failures.add("round " + round + ": " + e.getMessage());
      say(round, what + ": FAILED, " + e.getMessage());
    }
  }

  private void say(int round, String text) {
    int all = rounds * plan.round(1).size();
    progress.printf(Locale.ROOT, "%d/%d, round %d: %s%n", ++done, all, round, text);
    progress.flush();
  }
}
