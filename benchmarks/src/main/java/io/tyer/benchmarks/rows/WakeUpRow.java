package io.tyer.benchmarks.rows;

import io.tyer.benchmarks.play.Board;
import io.tyer.benchmarks.play.Board.Word;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Mutex;
import io.tyer.benchmarks.play.Pauses;
import io.tyer.benchmarks.play.Stage;
import io.tyer.benchmarks.play.Subject;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * From the call that releases in one process to the return of the acquire that waits in another. It
 * is released only after the waiter was seen in line, or, where waiters are not shown, long after
 * it said that it would now acquire; and then after a random pause.
 */
record WakeUpRow(String name) implements Row {

  private static final int PLAYERS = 2;

  /** Many times what an acquire takes. */
  private static final long UNSEEN_MILLIS = 50;

  @Override
  public String title() {
    return "from the release call in one process to the return of the waiting acquire in another"
        + " (or in another client of one JVM)";
  }

  @Override
  public Kind kind() {
    return Kind.WAKE_UP;
  }

  @Override
  public List<Figure> figures() {
    return Wakes.FIGURES;
  }

  @Override
  public Set<Subject.Ability> needs() {
    return Set.of(Subject.Ability.WAITS);
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
      Mutex mutex = client.mutex("woken");
      stage.meet();
      Slices.Cost unused = Slices.during(mutex, stage.effort().warmUpNanos());
      stage.meet();
      if (stage.first()) {
        return Wakes.figures(release(stage, client, mutex, warmUp, all));
      }
      for (int i = 1; i <= all; i++) {
        wait(stage.board(), mutex, i);
      }
    }
    return Map.of();
  }

  private static double[] release(Stage stage, Client client, Mutex mutex, int warmUp, int all)
      throws Exception {
    Board board = stage.board();
    boolean shown = stage.subject().abilities().contains(Subject.Ability.SHOWS_WAITERS);
    double[] micros = new double[all - warmUp];
    for (int i = 1; i <= all; i++) {
      Mutex.Held held = mutex.acquire();
      board.set(Word.TURN, i);
      awaitWaiter(board, client, shown, i);
      Pauses.random();
      long released = System.nanoTime();
      held.release();
      board.await(Word.DONE, i);
      if (i > warmUp) {
        micros[i - warmUp - 1] = (board.get(Word.STAMP) - released) / 1e3;
      }
    }
    return micros;
  }

  private static void awaitWaiter(Board board, Client client, boolean shown, int turn)
      throws Exception {
    board.await(Word.ASKING, turn);
    if (!shown) {
      Pauses.millis(UNSEEN_MILLIS);
      return;
    }
    while (client.waiting("woken") == 0) {
      Pauses.millis(1);
    }
  }

  private static void wait(Board board, Mutex mutex, int turn) throws Exception {
    board.await(Word.TURN, turn);
    board.set(Word.ASKING, turn);
    Mutex.Held held = mutex.acquire();
    long acquired = System.nanoTime();
    held.release();
    board.set(Word.STAMP, acquired);
    board.set(Word.DONE, turn);
  }
}
