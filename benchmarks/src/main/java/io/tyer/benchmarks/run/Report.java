package io.tyer.benchmarks.run;

import io.tyer.benchmarks.peers.Libraries;
import io.tyer.benchmarks.peers.Subjects;
import io.tyer.benchmarks.play.Effort;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.rows.Row;
import java.util.List;

/**
 * Everything that is reported.
 *
 * @param command as it was given
 * @param machine on what
 * @param servers of which stores
 * @param collectors the JVMs' garbage collectors
 * @param rounds how many
 * @param effort how much in each
 * @param plan what was meant to be run
 * @param results what was found
 * @param failures which runs came to nothing
 */
public record Report(
    String command,
    Machine machine,
    List<String> servers,
    String collectors,
    int rounds,
    Effort effort,
    Plan plan,
    Results results,
    List<String> failures) {

  /** What was measured for a row: each subject, then its floors. */
  public List<Run> section(Row row) {
    return plan.round(1).stream()
        .filter(run -> run.section() == row && results.runs().contains(run))
        .toList();
  }

  /** Whether it is one of the subjects, not only a floor. */
  public boolean isSubject(Run run) {
    return run.row() == run.section() && plan.subjects().contains(run.subject());
  }

  /** Which libraries were measured, and under what label each. */
  public List<String> libraries() {
    return results.runs().stream()
        .map(run -> run.subject().scheme())
        .distinct()
        .flatMap(scheme -> Libraries.describe(scheme).stream().map(text -> scheme + ": " + text))
        .toList();
  }

  /** What a run is called: its address, without the place where floors happen to be. */
  public static String label(Run run) {
    boolean store = Subjects.of(run.subject()).abilities().contains(Subject.Ability.TAKES_OPTIONS);
    String name = store ? run.subject().toString() : run.subject().scheme();
    return run.row().kind() == run.section().kind() ? name : name + ", " + run.row().name();
  }
}
