package io.tyer.benchmarks.figures;

import io.tyer.benchmarks.figures.Board.Word;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How long an acquire takes while another process keeps the lock under bias and does not use it.
 * Each time a new name, since bias withdraws where others keep coming.
 */
record RecallRow(String name) implements Row {

  private static final int PLAYERS = 2;

  @Override
  public String title() {
    return "an acquire while another process keeps the lock under bias, beside an ordinary wake-up"
        + " on the same store";
  }

  @Override
  public Kind kind() {
    return Kind.RECALL;
  }

  @Override
  public List<Figure> figures() {
    return Wakes.FIGURES;
  }

  @Override
  public Set<Subject.Ability> needs() {
    return Set.of(Subject.Ability.WAITS, Subject.Ability.KEEPS);
  }

  @Override
  public int players() {
    return PLAYERS;
  }

  @Override
  public Map<String, Double> play(Stage stage) throws Exception {
    int warmUp = Math.max(1, stage.effort().samples() / 4);
    int all = warmUp + stage.effort().samples();
    try (Client client = stage.subject().open()) {
      stage.meet();
      if (stage.first()) {
        return Wakes.figures(keep(stage.board(), client, warmUp, all));
      }
      for (int i = 1; i <= all; i++) {
        recall(stage.board(), client, i);
      }
    }
    return Map.of();
  }

  private static double[] keep(Board board, Client client, int warmUp, int all) throws Exception {
    double[] micros = new double[all - warmUp];
    for (int i = 1; i <= all; i++) {
      String name = "kept-" + i;
      client.mutex(name).pair();
      if (!client.kept(name)) {
        throw new IllegalStateException("the lock was not kept after its release");
      }
      Pauses.random();
      board.set(Word.TURN, i);
      board.await(Word.DONE, i);
      if (i > warmUp) {
        micros[i - warmUp - 1] = board.get(Word.STAMP) / 1e3;
      }
    }
    return micros;
  }

  private static void recall(Board board, Client client, int turn) throws Exception {
    Mutex mutex = client.mutex("kept-" + turn);
    board.await(Word.TURN, turn);
    long asked = System.nanoTime();
    Mutex.Held held = mutex.acquire();
    long took = System.nanoTime() - asked;
    held.release();
    board.set(Word.STAMP, took);
    board.set(Word.DONE, turn);
  }
}
