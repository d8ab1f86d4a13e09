package io.tyer.benchmarks.figures;

import java.util.List;
import java.util.Optional;

/** Every row, in the order in which they are reported. */
final class Rows {

  static final Row WAKE_UP = new WakeUpRow("wake-up");

  static final Row PAIRS_1 = new PairsRow("pairs-1", 1, PairsRow.How.PLAIN);

  static final List<Row> ALL =
      List.of(
          PAIRS_1,
          new PairsRow("pairs-1-async", 1, PairsRow.How.ASYNC),
          new PairsRow("pairs-8", 8, PairsRow.How.PLAIN),
          new PairsRow("pairs-64", 64, PairsRow.How.PLAIN),
          new PairsRow("pairs-64-virtual", 64, PairsRow.How.VIRTUAL),
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
