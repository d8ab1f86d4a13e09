package io.tyer.benchmarks.rows;

import io.tyer.benchmarks.play.Board;
import io.tyer.benchmarks.play.Board.Word;
import io.tyer.benchmarks.play.Counters;
import io.tyer.benchmarks.play.Latencies;
import io.tyer.benchmarks.play.Stage;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.play.Threads;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Two clients with four threads each add to numbers: read, compute for a while, write. In the end
 * the numbers must have grown by as many updates as took effect.
 *
 * @param choice to which numbers
 * @param computeMillis how long one computes, without the processor, as who asks another service
 */
public record UpdatesRow(String name, Choice choice, int computeMillis) implements Row {

  /** To which numbers a thread adds. */
  enum Choice {
    /** Each to its own ones. */
    OWN,
    /** All to the same few. */
    SOME,
    /** All to the same one. */
    HOT
  }

  public static final String GIVEN_UP = "given_up_percent";

  private static final String UPDATES = "updates_per_s";
  public static final String TRIES = "tries_per_update";
  private static final String P50 = "p50_us";
  public static final String P99 = "p99_us";
  public static final String FAIRNESS = "fairness";
  private static final int PLAYERS = 2;
  private static final int THREADS_EACH = 4;
  private static final int THREADS = PLAYERS * THREADS_EACH;
  private static final int OWN_NUMBERS = 32;
  private static final int SOME_NUMBERS = 16;

  @Override
  public String title() {
    String numbers =
        switch (choice) {
          case OWN -> "each to any of " + OWN_NUMBERS + " numbers of its own";
          case SOME -> "to any of the same " + SOME_NUMBERS + " numbers";
          case HOT -> "to one and the same number";
        };
    return "2 processes (2 clients of one JVM where the subject does not reach farther) with "
        + THREADS_EACH
        + " threads each add "
        + numbers
        + ", "
        + (computeMillis == 0 ? "nothing to compute" : "computing for " + computeMillis + " ms")
        + " between reading and writing";
  }

  @Override
  public Kind kind() {
    return Kind.UPDATES;
  }

  @Override
  public List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.more(UPDATES, "updates/s"));
    figures.add(Figure.less(TRIES, "computed/update").ifKnown());
    figures.add(Figure.less(GIVEN_UP, "given up %"));
    figures.add(Figure.less(P50, "p50 µs").ifKnown());
    figures.add(Figure.less(P99, "p99 µs").ifKnown());
    figures.add(Figure.more(FAIRNESS, "slowest / fastest thread"));
    figures.add(Figure.less(ContendedRow.VIOLATIONS, "lost updates"));
    figures.addAll(Costs.figures("update"));
    return figures;
  }

  @Override
  public Set<Subject.Ability> needs() {
    return Set.of(Subject.Ability.UPDATES);
  }

  @Override
  public int players() {
    return PLAYERS;
  }

  @Override
  public Map<String, Double> play(Stage stage) throws Exception {
    Board board = stage.board();
    try (Counters counters = stage.subject().openToUpdate()) {
      long before = stage.first() ? sum(counters) : 0;
      List<Updates> all = Collections.synchronizedList(new ArrayList<>());
      new Phases(stage)
          .run(
              THREADS_EACH,
              Threads.ofTheSystem(),
              thread -> {
                Updates updates =
                    new Updates(board, thread, computeMillis, chosen(counters, thread));
                all.add(updates);
                return updates;
              });
      all.forEach(Updates::tell);
      stage.meet();
      return stage.first() ? figures(board, sum(counters) - before) : Map.of();
    }
  }

  /** Those that a thread adds to. */
  private List<Counters.Counter> chosen(Counters counters, int thread) throws Exception {
    List<Counters.Counter> chosen = new ArrayList<>();
    for (String number : choice == Choice.OWN ? ownNumbers(thread) : numbers()) {
      chosen.add(counters.counter(number));
    }
    return chosen;
  }

  private static List<String> ownNumbers(int thread) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < OWN_NUMBERS; i++) {
      names.add("own-" + thread + "-" + i);
    }
    return names;
  }

  private List<String> numbers() {
    List<String> names = new ArrayList<>();
    switch (choice) {
      case OWN -> {
        for (int thread = 0; thread < THREADS; thread++) {
          names.addAll(ownNumbers(thread));
        }
      }
      case SOME -> {
        for (int i = 0; i < SOME_NUMBERS; i++) {
          names.add("some-" + i);
        }
      }
      case HOT -> names.add("hot");
    }
    return names;
  }

  private long sum(Counters counters) throws Exception {
    long sum = 0;
    for (String number : numbers()) {
      sum += counters.counter(number).make();
    }
    return sum;
  }

  private static Map<String, Double> figures(Board board, long grown) {
    Rates rates = Rates.on(board, THREADS);
    double measured = 0;
    for (int thread = 0; thread < THREADS; thread++) {
      measured += board.count(thread);
    }
    double givenUp = board.get(Word.GIVEN_UP);
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put(UPDATES, rates.sum());
    if (measured > 0) {
      figures.put(TRIES, board.get(Word.COMPUTED) / measured);
    }
    figures.put(GIVEN_UP, givenUp == 0 ? 0 : 100 * givenUp / (measured + givenUp));
    Latencies.percentile(board, 50).ifPresent(nanos -> figures.put(P50, nanos / 1e3));
    Latencies.percentile(board, 99).ifPresent(nanos -> figures.put(P99, nanos / 1e3));
    figures.put(FAIRNESS, rates.fairness());
    figures.put(ContendedRow.VIOLATIONS, (double) Math.abs(board.get(Word.WRITTEN) - grown));
    figures.putAll(Costs.perPair(board, THREADS));
    return figures;
  }
}
