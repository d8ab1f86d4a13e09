package io.tyer.benchmarks.figures;

import io.tyer.benchmarks.figures.Board.Word;

/** Where one player of a run plays. */
final class Stage {

  private final Subject subject;
  private final Address place;
  private final Board board;
  private final Effort effort;
  private final int player;
  private final int players;
  private final boolean leading;
  private int meetings;

  /**
   * One player's place.
   *
   * @param player 0 for the first, whose figures count
   * @param leading whether it is the one of its process that looks after the process
   */
  Stage(
      Subject subject,
      Address place,
      Board board,
      Effort effort,
      int player,
      int players,
      boolean leading) {
    this.subject = subject;
    this.place = place;
    this.board = board;
    this.effort = effort;
    this.player = player;
    this.players = players;
    this.leading = leading;
  }

  Subject subject() {
    return subject;
  }

  /** Below this everything is the run's own. */
  Address place() {
    return place;
  }

  Board board() {
    return board;
  }

  Effort effort() {
    return effort;
  }

  int player() {
    return player;
  }

  int players() {
    return players;
  }

  boolean first() {
    return player == 0;
  }

  /** Whether it looks after its process; the first player always does. */
  boolean leading() {
    return leading;
  }

  /** Waits until every player has come as far. */
  void meet() {
    board.meet(++meetings, players);
  }

  /** The others give up when one has. */
  void fail() {
    board.set(Word.FAILED, 1);
  }
}
