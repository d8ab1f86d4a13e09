package io.tyer.benchmarks.play;

import io.tyer.benchmarks.play.Board.Word;

/** Where one player of a run plays. */
public final class Stage {

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
  public Stage(
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

  public Subject subject() {
    return subject;
  }

  /** Below this everything is the run's own. */
  public Address place() {
    return place;
  }

  public Board board() {
    return board;
  }

  public Effort effort() {
    return effort;
  }

  public int player() {
    return player;
  }

  public int players() {
    return players;
  }

  public boolean first() {
    return player == 0;
  }

  /** Whether it looks after its process; the first player always does. */
  public boolean leading() {
    return leading;
  }

  /** Waits until every player has come as far. */
  public void meet() {
    board.meet(++meetings, players);
  }

  /** The others give up when one has. */
  public void fail() {
    board.set(Word.FAILED, 1);
  }
}
