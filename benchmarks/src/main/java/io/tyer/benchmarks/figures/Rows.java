package io.tyer.benchmarks.figures;

import java.util.List;
import java.util.Optional;

/** Every row, in the order in which they are reported. */
final class Rows {

  static final Row WAKE_UP = new WakeUpRow("wake-up");

  static final List<Row> ALL =
      List.of(
          new PairsRow("pairs-1", 1, false),
          new PairsRow("pairs-8", 8, false),
          new PairsRow("pairs-64", 64, false),
          new PairsRow("pairs-64-virtual", 64, true),
          new ContendedRow("contended", true),
          new ContendedRow("contended-no-batons", false),
          WAKE_UP,
          new RecallRow("recall"),
          new HeldRow("held-10000"),
          new NamesRow("names"),
          new CrowdRow("crowd"));

  private Rows() {}

  static Optional<Row> named(String name) {
    return ALL.stream().filter(row -> row.name().equals(name)).findFirst();
  }
}
