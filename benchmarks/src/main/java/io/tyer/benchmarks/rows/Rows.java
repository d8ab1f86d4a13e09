package io.tyer.benchmarks.rows;

import java.util.List;
import java.util.Optional;

/** Every row, in the order in which they are reported. */
public final class Rows {

  public static final Row WAKE_UP = new WakeUpRow("wake-up");

  public static final Row PAIRS_1 = new PairsRow("pairs-1", 1, PairsRow.How.PLAIN);

  public static final List<Row> ALL =
      List.of(
          PAIRS_1,
          new PairsRow("pairs-1-async", 1, PairsRow.How.ASYNC),
          new PairsRow("pairs-8", 8, PairsRow.How.PLAIN),
          new PairsRow("pairs-64", 64, PairsRow.How.PLAIN),
          new PairsRow("pairs-64-virtual", 64, PairsRow.How.VIRTUAL),
          new ContendedRow("contended", true),
          new ContendedRow("contended-no-batons", false),
          new AcquireRow("acquire"),
          new FlightRow("flight-64", 64),
          new FlightRow("flight-512", 512),
          WAKE_UP,
          new RecallRow("recall"),
          new HeldRow("held-10000"),
          new MemberHeapRow("held-100000"),
          new FailoverRow("failover"),
          new NamesRow("names"),
          new CrowdRow("crowd"),
          new UpdatesRow("updates-own", UpdatesRow.Choice.OWN, 0),
          new UpdatesRow("updates-own-2ms", UpdatesRow.Choice.OWN, 2),
          new UpdatesRow("updates-own-20ms", UpdatesRow.Choice.OWN, 20),
          new UpdatesRow("updates-some-2ms", UpdatesRow.Choice.SOME, 2),
          new UpdatesRow("updates-hot", UpdatesRow.Choice.HOT, 0),
          new UpdatesRow("updates-hot-2ms", UpdatesRow.Choice.HOT, 2),
          new UpdatesRow("updates-hot-20ms", UpdatesRow.Choice.HOT, 20));

  private Rows() {}

  /** The row of this name; without one, those whose names begin with it and a dash. */
  public static List<Row> meant(String text) {
    return named(text)
        .map(List::of)
        .orElseGet(() -> ALL.stream().filter(row -> row.name().startsWith(text + "-")).toList());
  }

  public static Optional<Row> named(String name) {
    return ALL.stream().filter(row -> row.name().equals(name)).findFirst();
  }
}
