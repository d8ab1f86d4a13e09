package io.tyer.benchmarks.rows;

import io.tyer.benchmarks.play.Board;
import io.tyer.benchmarks.play.Board.Word;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Effort;
import io.tyer.benchmarks.play.Mutex;
import io.tyer.benchmarks.play.Pauses;
import io.tyer.benchmarks.play.Stage;
import io.tyer.benchmarks.play.Subject;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How long an acquire takes while another process keeps the lock under bias and does not use it.
 * Each time a new name, since bias withdraws where others keep coming.
 */
record RecallRow(String name) implements Row {

  private static final int PLAYERS = 2;
  private static final long NO_MORE = -1;

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
    Effort effort = stage.effort();
    Board board = stage.board();
    try (Client client = stage.subject().open()) {
      stage.meet();
      if (!stage.first()) {
        recallAll(board, client);
        return Map.of();
      }
      int turn = 1;
      long start = System.nanoTime();
      do {
        double unused = keepOne(board, client, turn++, false);
      } while (System.nanoTime() - start < effort.warmUpNanos());
      double[] micros = new double[effort.samples()];
      for (int i = 0; i < micros.length; i++) {
        micros[i] = keepOne(board, client, turn++, true);
      }
      board.set(Word.TURN, NO_MORE);
      return Wakes.figures(micros);
    }
  }

  private static double keepOne(Board board, Client client, int turn, boolean pausing)
      throws Exception {
    String name = nameOf(turn);
    client.mutex(name).pair();
    if (!client.kept(name)) {
      throw new IllegalStateException("the lock was not kept after its release");
    }
    if (pausing) {
      Pauses.random();
    }
    board.set(Word.TURN, turn);
    board.await(Word.DONE, turn);
    return board.get(Word.STAMP) / 1e3;
  }

  private static void recallAll(Board board, Client client) throws Exception {
    for (int turn = 1; ; turn++) {
      int next = turn;
      Mutex mutex = client.mutex(nameOf(turn));
      board.await(
          "the next turn, or the end",
          () -> board.get(Word.TURN) == next || board.get(Word.TURN) == NO_MORE);
      if (board.get(Word.TURN) == NO_MORE) {
        return;
      }
      long asked = System.nanoTime();
      Mutex.Held held = mutex.acquire();
      long took = System.nanoTime() - asked;
      held.release();
      board.set(Word.STAMP, took);
      board.set(Word.DONE, turn);
    }
  }

  private static String nameOf(int turn) {
    return "kept-" + turn;
  }
}
