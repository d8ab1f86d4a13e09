package io.tyer.benchmarks.rows;

import io.tyer.benchmarks.play.Board.Word;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Mutex;
import io.tyer.benchmarks.play.Pauses;
import io.tyer.benchmarks.play.Stage;
import io.tyer.benchmarks.play.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Whether a pair costs more while another process has many tickets waiting in other lines: before,
 * meanwhile and afterwards.
 */
record CrowdRow(String name) implements Row {

  private static final String GROWTH = "growth";
  private static final String CPU_GROWTH = "cpu_growth";
  private static final String ALONE = "alone_us";
  private static final String CROWDED = "crowded_us";
  private static final String WAITING = "waiting";
  private static final int PLAYERS = 2;

  @Override
  public String title() {
    return "a pair while another process (or client) has many tickets waiting in lines of other"
        + " names, beside a pair before and after that";
  }

  @Override
  public Kind kind() {
    return Kind.GROWTH;
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        Figure.less(GROWTH, "cost, crowded / alone"),
        Figure.less(CPU_GROWTH, "of the thread's CPU time alone"),
        Figure.less(ALONE, "alone: µs a pair"),
        Figure.less(CROWDED, "crowded: µs a pair"),
        Figure.neither(WAITING, "tickets waiting"));
  }

  @Override
  public Set<Subject.Ability> needs() {
    return Set.of(Subject.Ability.CROWDS);
  }

  @Override
  public int players() {
    return PLAYERS;
  }

  @Override
  public Map<String, Double> play(Stage stage) throws Exception {
    try (Client client = stage.subject().open()) {
      stage.meet();
      if (!stage.first()) {
        crowd(stage, client);
        return Map.of();
      }
      Slices slices = new Slices(stage.effort());
      Mutex mutex = client.mutex("own");
      Slices.during(mutex, TimeUnit.MILLISECONDS.toNanos(stage.effort().warmUpMillis()));
      Slices.Cost before = slices.compare(mutex)[0];
      stage.meet();
      stage.board().await(Word.TURN, 1);
      Slices.Cost crowded = slices.compare(mutex)[0];
      stage.meet();
      stage.board().await(Word.TURN, 2);
      Slices.Cost after = slices.compare(mutex)[0];
      stage.meet();
      Slices.Cost alone = Slices.Cost.between(before, after);
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put(GROWTH, crowded.nanos() / alone.nanos());
      figures.put(CPU_GROWTH, crowded.cpuNanos() / alone.cpuNanos());
      figures.put(ALONE, alone.nanos() / 1e3);
      figures.put(CROWDED, crowded.nanos() / 1e3);
      figures.put(WAITING, (double) stage.effort().crowd());
      return figures;
    }
  }

  /** Two clients of one process: one holds what the other waits for. */
  private static void crowd(Stage stage, Client waiting) throws Exception {
    int size = stage.effort().crowd();
    try (Client holding = stage.subject().open()) {
      List<Mutex.Held> held = new ArrayList<>();
      List<AutoCloseable> places = new ArrayList<>();
      stage.meet();
      for (int i = 0; i < size; i++) {
        held.add(holding.mutex("crowd-" + i).acquire());
      }
      for (int i = 0; i < size; i++) {
        places.add(waiting.standInLine("crowd-" + i));
      }
      while (waiting.waiting("crowd-") < size) {
        Pauses.millis(100);
      }
      stage.board().set(Word.TURN, 1);
      stage.meet();
      for (AutoCloseable place : places) {
        place.close();
      }
      for (Mutex.Held lock : held) {
        lock.release();
      }
      stage.board().set(Word.TURN, 2);
      stage.meet();
    }
  }
}
