package io.tyer.testkit.torture;

import io.tyer.testkit.history.CheckOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a torture run has found.
 *
 * @param seed of the run
 * @param findings what was wrong; empty if nothing was
 * @param checks everything that was looked at, with its outcome
 * @param skipped the faults that were wanted and could not be had, with the reason
 * @param struck how often each fault has struck
 * @param page the report
 */
public record TortureVerdict(
    long seed,
    List<Finding> findings,
    List<CheckOutcome> checks,
    Map<FaultKind, String> skipped,
    Map<FaultKind, Integer> struck,
    Path page) {

  /** Keeps copies. */
  public TortureVerdict {
    findings = List.copyOf(findings);
    checks = List.copyOf(checks);
    skipped = Map.copyOf(skipped);
    struck = Map.copyOf(struck);
  }

  /**
   * Something that was wrong.
   *
   * @param sort what sort: the lower-case name of a kind of violation of the history, such as
   *     {@code exclusion}; or {@code progress}, {@code leftovers}, {@code survival}, {@code
   *     bounded-wait}, {@code workers}, {@code nemesis}, {@code proved-nothing}
   * @param text what happened, in words
   */
  public record Finding(String sort, String text) {}

  /** What is wrong with the store, or with what is built on it. */
  public List<Finding> faults() {
    return findings.stream().filter(one -> !one.sort().equals(Findings.PROVED_NOTHING)).toList();
  }

  /**
   * Why the run proves less than it should: too little has happened, as on a machine that is busy
   * with other things.
   */
  public List<Finding> lacks() {
    return findings.stream().filter(one -> one.sort().equals(Findings.PROVED_NOTHING)).toList();
  }

  /** Whether nothing was wrong. */
  public boolean passed() {
    return findings.isEmpty();
  }

  /** Whether something of this sort was found. */
  public boolean found(String sort) {
    return findings.stream().anyMatch(finding -> finding.sort().equals(sort));
  }
}
