package io.tyer.testkit.torture;

import io.tyer.testkit.history.CheckOutcome;
import io.tyer.testkit.history.CheckOutcome.Result;
import io.tyer.testkit.torture.TortureVerdict.Finding;
import java.util.ArrayList;
import java.util.List;

/** Collects what the checks at the end find. For one thread. */
final class Findings {

  /** The sort of what says nothing of the store: too little has happened. */
  static final String PROVED_NOTHING = "proved-nothing";

  private final List<Finding> findings = new ArrayList<>();
  private final List<CheckOutcome> checks = new ArrayList<>();

  /** Something was looked at; each problem is a finding. */
  void check(String sort, String name, List<String> problems, String details) {
    problems.forEach(problem -> findings.add(new Finding(sort, problem)));
    checks.add(
        new CheckOutcome(
            name,
            problems.isEmpty() ? Result.PASSED : Result.FAILED,
            problems.isEmpty() ? details : String.join("\n", problems)));
  }

  void skip(String name, String reason) {
    checks.add(new CheckOutcome(name, Result.SKIPPED, reason));
  }

  List<Finding> findings() {
    return findings;
  }

  List<CheckOutcome> checks() {
    return checks;
  }
}
