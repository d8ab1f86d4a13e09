package io.tyer.benchmarks.figures;

import io.tyer.benchmarks.figures.Board.Word;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * From the call that releases in one process to the return of the acquire that waits in another. It
 * is released only after the waiter was seen in line, and then after a random pause.
 */
record WakeUpRow(String name) implements Row {

  private static final int PLAYERS = 2;

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
    return Set.of(Subject.Ability.WAITS, Subject.Ability.SHOWS_WAITERS);
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
      if (stage.first()) {
        return Wakes.figures(release(stage.board(), client, mutex, warmUp, all));
      }
      for (int i = 1; i <= all; i++) {
        wait(stage.board(), mutex, i);
      }
    }
    return Map.of();
  }

  private static double[] release(Board board, Client client, Mutex mutex, int warmUp, int all)
      throws Exception {
    double[] micros = new double[all - warmUp];
    for (int i = 1; i <= all; i++) {
      Mutex.Held held = mutex.acquire();
      board.set(Word.TURN, i);
      while (client.waiting("woken") == 0) {
        Pauses.millis(1);
      }
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

  private static void wait(Board board, Mutex mutex, int turn) throws Exception {
    board.await(Word.TURN, turn);
    Mutex.Held held = mutex.acquire();
    long acquired = System.nanoTime();
    held.release();
    board.set(Word.STAMP, acquired);
    board.set(Word.DONE, turn);
  }
}
