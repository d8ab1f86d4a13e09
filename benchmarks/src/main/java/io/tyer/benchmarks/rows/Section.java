package io.tyer.benchmarks.rows;

import io.tyer.benchmarks.play.Board;
import io.tyer.benchmarks.play.Board.Word;
import io.tyer.benchmarks.play.Mutex;

/**
 * A critical section that notices when two are in it, or when tokens do not grow. Tokens are drawn
 * at every {@value #TOKEN_EVERY}th visit only, since that costs the lock something.
 */
public final class Section {

  public static final int TOKEN_EVERY = 64;

  private final Board board;
  private final long me;
  private long visits;

  /**
   * For one thread.
   *
   * @param me a number that no other thread has, above 0
   */
  Section(Board board, long me) {
    this.board = board;
    this.me = me;
  }

  /** What is done while the lock is held. */
  void visit(Mutex.Held held) {
    if (board.getAndSet(Word.INSIDE, me) != 0) {
      board.add(Word.VIOLATIONS, 1);
    }
    if (++visits % TOKEN_EVERY == 0) {
      long token = held.token();
      if (token != 0 && board.getAndSet(Word.TOKEN, token) >= token) {
        board.add(Word.VIOLATIONS, 1);
      }
    }
    if (!board.compareAndSet(Word.INSIDE, me, 0)) {
      board.add(Word.VIOLATIONS, 1);
    }
  }
}
