package io.tyer.benchmarks.rows;

import io.tyer.benchmarks.play.Board;
import io.tyer.benchmarks.play.Board.Word;
import io.tyer.benchmarks.play.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that all repeat something, in all players' processes at the same time: first to warm up,
 * then for as long as is measured.
 */
final class Phases {

  /** What is repeated; made on the thread that repeats it. */
  interface Step {
    void once() throws Exception;
  }

  /** Makes a thread's step. */
  interface Steps {
    Step of(int thread) throws Exception;
  }

  private static final int WARM_UP = 1;
  private static final int MEASURE = 2;
  private static final int STOP = 3;

  /** A loop of its own, so that it is compiled as a whole long before it is measured. */
  private static final int CHUNK = 1_000;

  private final Stage stage;
  private final Board board;

  Phases(Stage stage) {
    this.stage = stage;
    this.board = stage.board();
  }

  /**
   * Runs so many threads of this player, together with those of the other players. What they did
   * stands on the board then.
   */
  void run(int threads, ThreadFactory factory, Steps steps) throws Exception {
    int base = stage.player() * threads;
    List<FutureTask<Void>> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int thread = base + i;
      FutureTask<Void> task =
          new FutureTask<>(
              () -> {
                repeat(thread, steps.of(thread));
                return null;
              });
      running.add(task);
      factory.newThread(task).start();
    }
    stage.meet();
    try (Costs costs = new Costs(stage)) {
      if (stage.first()) {
        conduct(costs);
      } else if (stage.leading()) {
        follow(costs);
      }
    }
    try {
      for (FutureTask<Void> task : running) {
        task.get();
      }
    } catch (ExecutionException e) {
      stage.fail();
      throw e;
    }
    stage.meet();
  }

  /** Whether nothing that ends now counts. */
  static boolean warmingUp(Board board) {
    return board.get(Word.PHASE) <= WARM_UP;
  }

  /** Whether what ends now counts. */
  static boolean measuring(Board board) {
    return board.get(Word.PHASE) == MEASURE;
  }

  /** Whether nothing that begins now is wanted any more. */
  static boolean over(Board board) {
    return board.get(Word.PHASE) >= STOP;
  }

  private void conduct(Costs costs) throws IOException {
    pass(WARM_UP, stage.effort().warmUpMillis());
    costs.start();
    long start = System.nanoTime();
    pass(MEASURE, stage.effort().measureMillis());
    board.set(Word.PHASE, STOP);
    board.set(Word.MEASURED, System.nanoTime() - start);
    costs.stop();
  }

  private void follow(Costs costs) throws IOException {
    board.awaitCalmly("measuring", () -> board.get(Word.PHASE) >= MEASURE);
    costs.start();
    board.awaitCalmly("the end", () -> board.get(Word.PHASE) >= STOP);
    costs.stop();
  }

  private void repeat(int thread, Step step) throws Exception {
    board.await("the start", () -> board.get(Word.PHASE) >= WARM_UP);
    while (board.get(Word.PHASE) == WARM_UP) {
      long unused = chunk(step, WARM_UP);
    }
    long count = 0;
    while (board.get(Word.PHASE) == MEASURE) {
      count += chunk(step, MEASURE);
    }
    board.report(thread, count);
  }

  private long chunk(Step step, int phase) throws Exception {
    long count = 0;
    while (count < CHUNK && board.get(Word.PHASE) == phase) {
      step.once();
      count++;
    }
    return count;
  }

  private void pass(int phase, long millis) {
    board.set(Word.PHASE, phase);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
