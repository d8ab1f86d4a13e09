package io.tyer.benchmarks.figures;

import java.util.List;

/**
 * Everything that is reported.
 *
 * @param command as it was given
 * @param machine on what
 * @param collectors the JVMs' garbage collectors
 * @param rounds how many
 * @param effort how much in each
 * @param plan what was meant to be run
 * @param results what was found
 * @param failures which runs came to nothing
 */
record Report(
    String command,
    Machine machine,
    String collectors,
    int rounds,
    Effort effort,
    Plan plan,
    Results results,
    List<String> failures) {

  /** What was measured for a row: each subject, then its floors. */
  List<Run> section(Row row) {
    return plan.round(1).stream()
        .filter(run -> run.section() == row && results.runs().contains(run))
        .toList();
  }

  /** Whether it is one of the subjects, not only a floor. */
  boolean isSubject(Run run) {
    return run.row() == run.section() && plan.subjects().contains(run.subject());
  }

  /** What a run is called: its address, without the place where floors happen to be. */
  static String label(Run run) {
    boolean store = Subjects.of(run.subject()).abilities().contains(Subject.Ability.TAKES_OPTIONS);
    String name = store ? run.subject().toString() : run.subject().scheme();
    return run.row() == run.section() ? name : name + ", " + run.row().name();
  }
}
