package io.tyer.benchmarks.rows;

import io.tyer.benchmarks.play.Board;
import io.tyer.benchmarks.play.Board.Word;
import io.tyer.benchmarks.play.Counters;
import io.tyer.benchmarks.play.Latencies;
import io.tyer.fence.UpdateConflictException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The updates of one thread, each of any of its numbers. What counts is what ends while it is
 * measured, so that long updates do not count for a time in which nobody looked. In the times that
 * updates took, those that were given up count, too, and those that had not ended yet: a thread
 * that gets nowhere does not look fast.
 */
final class Updates implements Phases.Step {

  /** Thrown by a computation that nobody waits for any more, so that nothing is written. */
  private static final class OverException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OverException() {
      super("it is over", null, false, false);
    }
  }

  private final Board board;
  private final int thread;
  private final long computeNanos;
  private final List<Counters.Counter> numbers;
  private final Latencies latencies = new Latencies();
  private final SplittableRandom random = new SplittableRandom();
  private long written;
  private long measured;
  private long givenUp;
  private long computed;
  private long computedNow;

  Updates(Board board, int thread, int computeMillis, List<Counters.Counter> numbers) {
    this.board = board;
    this.thread = thread;
    this.computeNanos = TimeUnit.MILLISECONDS.toNanos(computeMillis);
    this.numbers = numbers;
  }

  @Override
  public void once() throws Exception {
    Counters.Counter number = numbers.get(random.nextInt(numbers.size()));
    computedNow = 0;
    long start = System.nanoTime();
    boolean took = false;
    try {
      number.add(this::compute);
      took = true;
      written++;
    } catch (UpdateConflictException | OverException e) {
      // Nothing was written.
    }
    if (!Phases.warmingUp(board)) {
      latencies.add(System.nanoTime() - start);
    }
    if (Phases.measuring(board)) {
      computed += computedNow;
      if (took) {
        measured++;
      } else {
        givenUp++;
      }
    }
  }

  private void compute() {
    computedNow++;
    if (Phases.over(board)) {
      throw new OverException();
    }
    long end = System.nanoTime() + computeNanos;
    for (long left = computeNanos; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** For all to read, once the thread has ended. */
  void tell() {
    board.report(thread, measured);
    board.add(Word.WRITTEN, written);
    board.add(Word.GIVEN_UP, givenUp);
    board.add(Word.COMPUTED, computed);
    latencies.tell(board);
  }
}
