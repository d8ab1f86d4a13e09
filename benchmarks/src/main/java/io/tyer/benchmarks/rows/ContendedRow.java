package io.tyer.benchmarks.rows;

import io.tyer.benchmarks.peers.Subjects;
import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Board;
import io.tyer.benchmarks.play.Board.Word;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Mutex;
import io.tyer.benchmarks.play.Stage;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.play.Threads;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Two clients with four threads each want one name, and do nothing under it but look whether they
 * are alone.
 *
 * @param batons whether tickets are handed on as usual; else never
 */
public record ContendedRow(String name, boolean batons) implements Row {

  public static final String VIOLATIONS = "violations";

  private static final String PAIRS = "pairs_per_s";
  public static final String FAIRNESS = "fairness";
  private static final int PLAYERS = 2;
  private static final int THREADS_EACH = 4;

  @Override
  public String title() {
    return "one name, 2 processes (2 clients of one JVM where the subject does not reach farther)"
        + " with 4 threads each, empty critical section"
        + (batons ? "" : ", no batons");
  }

  @Override
  public Kind kind() {
    return Kind.CONTENDED;
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        Figure.more(PAIRS, "pairs/s"),
        Figure.more(FAIRNESS, "slowest / fastest thread"),
        Figure.less(VIOLATIONS, "violations"),
        Costs.FIGURES.get(0),
        Costs.FIGURES.get(1));
  }

  @Override
  public Set<Subject.Ability> needs() {
    return batons
        ? Set.of(Subject.Ability.WAITS)
        : Set.of(Subject.Ability.WAITS, Subject.Ability.TAKES_OPTIONS);
  }

  @Override
  public int players() {
    return PLAYERS;
  }

  @Override
  public Address adapted(Address subject) {
    boolean takesOptions = Subjects.of(subject).abilities().contains(Subject.Ability.TAKES_OPTIONS);
    return batons || !takesOptions ? subject : subject.with("batons", "0");
  }

  @Override
  public Map<String, Double> play(Stage stage) throws Exception {
    Board board = stage.board();
    try (Client client = stage.subject().open()) {
      new Phases(stage)
          .run(
              THREADS_EACH,
              Threads.ofTheSystem(),
              thread -> {
                Mutex mutex = client.mutex("wanted-by-all");
                Section section = new Section(board, thread + 1L);
                return () -> {
                  Mutex.Held held = mutex.acquire();
                  section.visit(held);
                  held.release();
                };
              });
    }
    Rates rates = Rates.on(board, PLAYERS * THREADS_EACH);
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put(PAIRS, rates.sum());
    figures.put(FAIRNESS, rates.fairness());
    figures.put(VIOLATIONS, (double) board.get(Word.VIOLATIONS));
    figures.putAll(Costs.perPair(board, PLAYERS * THREADS_EACH));
    figures.putAll(rates.byThread());
    return figures;
  }
}
