package io.tyer.testkit.torture;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Has one of several faults strike. */
final class Strikes {

  private static final long DURATION_MILLIS = 1_000;

  private Strikes() {}

  static Optional<Fault.Injury> strike(
      Map<FaultKind, Fault> faults, FaultKind kind, int victim, double size)
      throws IOException, InterruptedException {
    return Objects.requireNonNull(faults.get(kind), kind::label)
        .strike(new Blow(0, kind, victim, DURATION_MILLIS, size));
  }
}
