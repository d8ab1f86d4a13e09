package io.tyer.testkit.torture;

import io.tyer.testkit.history.Event;
import io.tyer.testkit.history.HistoryChecker;
import io.tyer.testkit.history.Rules;
import io.tyer.testkit.history.Verdict;
import io.tyer.testkit.history.Violation;
import io.tyer.testkit.server.ServerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Looks at what was written down and what is left, and makes the verdict of it. */
final class Judge {

  /** For machines on which a thread that was started does not run at once. */
  private static final Duration SLACK = Duration.ofSeconds(1);

  /** What is promised only while the clock of the store is not set. */
  private static final Set<Violation.Kind> OF_TRUE_CLOCKS =
      EnumSet.of(
          Violation.Kind.EXCLUSION,
          Violation.Kind.NO_ROOM,
          Violation.Kind.OVERTAKEN,
          Violation.Kind.TOLD,
          Violation.Kind.REVIVED);

  private static final String CLOCK_WAS_SET =
      "the store's clock was set: only promise S2 is checked";

  /**
   * What is promised only while the store keeps what it acknowledged. What a lost session says of
   * itself, and what a resource accepts, does not depend on that.
   */
  private static final Set<Violation.Kind> OF_KEEPING_STORES =
      EnumSet.of(
          Violation.Kind.EXCLUSION,
          Violation.Kind.NO_ROOM,
          Violation.Kind.OVERTAKEN,
          Violation.Kind.TOLD);

  private static final long LAG = 1_500_000_000;

  private final TorturePlan plan;
  private final Findings findings;
  private final Histories histories;
  private final Supplier<Set<FaultKind>> struck;
  private final Signals never = new Signals();

  /**
   * Judges one run.
   *
   * @param struck the kinds of faults that have struck by now
   */
  Judge(TorturePlan plan, Findings findings, Histories histories, Supplier<Set<FaultKind>> struck) {
    this.plan = plan;
    this.findings = findings;
    this.histories = histories;
    this.struck = struck;
  }

  /** Whether the histories show a violation, while they are being written. */
  boolean violated() throws IOException {
    if (HistoryChecker.check(histories.readUpTo(LAG), rules()).passed()) {
      return false;
    }
    // A violation is there for good; one that came of an event not yet written is not.
    never.pause(LAG);
    return !HistoryChecker.check(histories.readUpTo(LAG), rules()).passed();
  }

  private Rules rules() {
    Rules rules = Rules.all().withSlack(SLACK).withUnwritten(SLACK);
    if (serverClockWasSet()) {
      return rules.without(OF_TRUE_CLOCKS);
    }
    return forgotten().isPresent() ? rules.without(notKept()) : rules;
  }

  /** Why the store may have lost what it acknowledged by now; empty if it has no excuse. */
  private Optional<String> forgotten() {
    ServerKind kind = plan.kind();
    Set<FaultKind> now = struck.get();
    if (kind == null) {
      return Optional.empty();
    }
    return (serverWasKilled() ? kind.forgetsWhenKilled() : Optional.<String>empty())
        .or(
            () ->
                now.contains(FaultKind.SERVER_PAUSE) ? kind.forgetsWhenPaused() : Optional.empty());
  }

  /** Who was stopped while another took its place grants once more when it goes on. */
  private Set<Violation.Kind> notKept() {
    Set<Violation.Kind> kinds = EnumSet.copyOf(OF_KEEPING_STORES);
    ServerKind kind = plan.kind();
    if (kind != null
        && kind.grantsWhenReplaced().isPresent()
        && struck.get().contains(FaultKind.SERVER_PAUSE)) {
      kinds.add(Violation.Kind.TOKEN_ORDER);
    }
    return kinds;
  }

  private boolean serverWasKilled() {
    Set<FaultKind> now = struck.get();
    return now.contains(FaultKind.SERVER_KILL) || now.contains(FaultKind.SERVER_KILL_ALL);
  }

  /** Whether a clock was set that the store trusts. */
  private boolean serverClockWasSet() {
    ServerKind kind = plan.kind();
    return struck.get().contains(FaultKind.SERVER_CLOCK) && (kind == null || !kind.needsNoClock());
  }

  void survival(Keeper keeper, boolean endedEarly) {
    if (serverClockWasSet()) {
      findings.skip("what was granted and is valid is in the store", CLOCK_WAS_SET);
      return;
    }
    String excuse = forgotten().orElse(null);
    if (excuse != null) {
      findings.skip(
          "what was granted and is valid is in the store",
          "not promised by this setup ("
              + excuse
              + "): "
              + keeper.problems().size()
              + " not there");
      return;
    }
    findings.check(
        "survival",
        "what was granted and is valid is in the store, whatever happened",
        keeper.problems(),
        keeper.looks()
            + " looks at the tickets of "
            + keeper.leases()
            + " leases, "
            + keeper.looksAfterRestart()
            + " of them at leases that were granted before a restart");
    if (!endedEarly) {
      findings.check(
          Findings.PROVED_NOTHING,
          "the store was looked into while a lease was valid",
          keeper.looks() > 0
              ? List.of()
              : List.of("no ticket of a valid lease of the keeper was ever looked for"),
          "");
    }
    if (serverWasKilled()) {
      findings.check(
          Findings.PROVED_NOTHING,
          "a lease outlived a restart of the server",
          keeper.looksAfterRestart() > 0
              ? List.of()
              : List.of("the server was killed, and no lease of the keeper outlived that"),
          "");
    }
  }

  /** Clients that are closed have no connections. */
  void connections(Ground ground) {
    String name = "no connection is left";
    int open = ground.openConnections();
    for (int i = 0; i < 50 && open > 0; i++) {
      never.pause(100_000_000);
      open = ground.openConnections();
    }
    if (open < 0) {
      findings.skip(name, "no connection goes through a proxy, so nobody counts them");
    } else {
      findings.check(
          "leftovers",
          name,
          open == 0 ? List.of() : List.of(open + " connections of closed clients are open"),
          "");
    }
  }

  /** What the locks protect must be there to the end, or nobody has checked tokens. */
  void resource(ResourceProcess resource) throws IOException {
    List<String> problems = new ArrayList<>(Outcomes.unanswered(histories.read()));
    if (!resource.alive()) {
      problems.add("the resource's process has ended; see its log in the run's files");
    } else if (!resource.answers()) {
      problems.add("the resource's process runs, and answers nobody");
    }
    findings.check("resource-gone", "the resource served to the end", problems, "");
  }

  TortureVerdict verdict(Ground ground, Nemesis nemesis, List<Blow> planned, boolean endedEarly)
      throws IOException {
    List<Event> events = histories.read();
    Verdict verdict = HistoryChecker.check(events, rules());
    Set<Violation.Kind> looked = rules().kinds();
    for (Violation.Kind kind : Violation.Kind.values()) {
      String title = "never: " + kind.summary() + " (" + kind.promise() + ")";
      if (!looked.contains(kind)) {
        findings.skip(title, serverClockWasSet() ? CLOCK_WAS_SET : seen(kind, events));
        continue;
      }
      findings.check(
          kind.name().toLowerCase(Locale.ROOT).replace('_', '-'),
          title,
          verdict.violations().stream()
              .filter(violation -> violation.kind() == kind)
              .map(Violation::text)
              .toList(),
          "");
    }
    Map<String, Integer> exceptions = Outcomes.exceptions(events);
    findings.check(
        "workers",
        "no acquire was refused without a reason",
        Outcomes.refusals(events),
        "acquires that failed: " + exceptions);
    findings.check(
        "bounded-wait",
        "acquires with a time-out returned in time (L2)",
        Outcomes.late(events, plan.longestTtl().toNanos()),
        "");
    String substance = "enough happened to prove something";
    if (endedEarly) {
      findings.check(
          Findings.PROVED_NOTHING,
          "the violation that ended the run is one",
          verdict.passed()
              ? List.of("the run was ended by a violation that its whole history does not show")
              : List.of(),
          "");
      findings.skip(substance, "the run ended at the first violation");
    } else {
      findings.check(
          Findings.PROVED_NOTHING,
          substance,
          Substance.missing(events, plan, planned, nemesis.struck()),
          Substance.summary(events));
      Substance.withoutTheirTurn(ground.available(), planned)
          .forEach(
              kind ->
                  findings.skip(
                      "the fault " + kind.label() + " strikes",
                      "the run was too short for its turn to come"));
    }
    Path page = Page.write(plan, events, verdict, findings, ground, nemesis);
    TortureVerdict result =
        new TortureVerdict(
            plan.seed(),
            findings.findings(),
            findings.checks(),
            ground.skipped(),
            nemesis.struck(),
            page);
    tell(result, events);
    return result;
  }

  /** How often something was seen that this setup does not promise never to be. */
  private String seen(Violation.Kind kind, List<Event> events) {
    Set<Violation.Kind> others = EnumSet.complementOf(EnumSet.of(kind));
    Rules only = Rules.all().withSlack(SLACK).withUnwritten(SLACK).without(others);
    Verdict verdict = HistoryChecker.check(events, only);
    return "not promised by this setup ("
        + forgotten().orElse("")
        + "): "
        + (verdict.violations().size() + verdict.unexplained())
        + " seen";
  }

  private void tell(TortureVerdict result, List<Event> events) {
    say(Substance.summary(events));
    if (!serverClockWasSet() && forgotten().isPresent()) {
      result.checks().stream()
          .filter(check -> check.details().startsWith("not promised by this setup"))
          .forEach(check -> say(check.name() + ": " + check.details()));
      say(
          "a smaller token accepted by the fenced resource: "
              + result.findings().stream().filter(it -> it.sort().equals("resource")).count());
    }
    result.findings().forEach(finding -> say("FOUND " + finding.sort() + ": " + finding.text()));
    say("page: " + result.page());
    say(
        result.passed()
            ? "passed: nothing was found, with seed " + plan.seed()
            : "FAILED: " + result.findings().size() + " findings, with seed " + plan.seed());
  }

  private void say(String line) {
    plan.console().accept("torture: " + line);
  }
}
