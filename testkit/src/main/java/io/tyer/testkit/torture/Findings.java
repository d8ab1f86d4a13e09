package io.tyer.testkit.torture;

import io.tyer.testkit.torture.TortureVerdict.Check;
import io.tyer.testkit.torture.TortureVerdict.Finding;
import io.tyer.testkit.torture.TortureVerdict.Outcome;
import java.util.ArrayList;
import java.util.List;

/** Collects what the checks at the end find. For one thread. */
final class Findings {

  private final List<Finding> findings = new ArrayList<>();
  private final List<Check> checks = new ArrayList<>();

  /** Something was looked at; each problem is a finding. */
  void check(String sort, String name, List<String> problems, String details) {
    problems.forEach(problem -> findings.add(new Finding(sort, problem)));
    checks.add(
        new Check(
            name,
            problems.isEmpty() ? Outcome.PASSED : Outcome.FAILED,
            problems.isEmpty() ? details : String.join("\n", problems)));
  }

  void skip(String name, String reason) {
    checks.add(new Check(name, Outcome.SKIPPED, reason));
  }

  List<Finding> findings() {
    return findings;
  }

  List<Check> checks() {
    return checks;
  }
}
