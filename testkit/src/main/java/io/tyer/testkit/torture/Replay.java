package io.tyer.testkit.torture;

import java.util.stream.Collectors;

/** The command that runs a plan again. */
final class Replay {

  private Replay() {}

  static String command(TorturePlan plan) {
    String faults =
        plan.faults().isEmpty()
            ? "none"
            : plan.faults().equals(FaultKind.all(plan.kind()))
                ? "all"
                : plan.faults().stream().map(FaultKind::label).collect(Collectors.joining(","));
    return "./torture "
        + (plan.kind() == null ? "--store '" + plan.uri() + "'" : "--server " + plan.kind().name())
        + " --seconds "
        + plan.time().toSeconds()
        + " --seed "
        + plan.seed()
        + " --faults "
        + faults
        + " --workers "
        + plan.workers();
  }
}
