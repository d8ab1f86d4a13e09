package io.tyer.benchmarks.rows;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Board;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Stage;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.play.Threads;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * So many acquires are under way at any time, each of a name of its own. What counts are acquires
 * that were granted; each is followed by a release that nobody waits for.
 *
 * @param flying how many at a time
 */
record FlightRow(String name, int flying) implements Row {

  private static final String ACQUIRES = "acquires_per_s";
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  @Override
  public String title() {
    return flying
        + " acquires under way at any time, of different names, without a thread for each: how many"
        + " are granted; each is released without waiting, and releases do not count";
  }

  @Override
  public Kind kind() {
    return Kind.FLIGHT;
  }

  @Override
  public List<Figure> figures() {
    List<Figure> costs = Costs.figures("acquire");
    return List.of(Figure.more(ACQUIRES, "acquires/s"), costs.get(0), costs.get(1));
  }

  @Override
  public Set<Subject.Ability> needs() {
    return Set.of(Subject.Ability.IN_FLIGHT);
  }

  @Override
  public boolean suits(Address address, Subject subject) {
    return Row.super.suits(address, subject) && !address.biased();
  }

  @Override
  public int players() {
    return 1;
  }

  @Override
  public Map<String, Double> play(Stage stage) throws Exception {
    Board board = stage.board();
    try (Client client = stage.subject().open()) {
      Flight flight = new Flight(client, board, flying);
      new Phases(stage)
          .run(
              1,
              Threads.ofTheSystem(),
              thread -> {
                flight.start();
                return () -> {
                  flight.check();
                  LockSupport.parkNanos(PAUSE_NANOS);
                };
              });
      flight.land();
      board.report(0, flight.counted());
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put(ACQUIRES, Rates.on(board, 1).sum());
    figures.putAll(Costs.perPair(board, 1));
    return figures;
  }
}
