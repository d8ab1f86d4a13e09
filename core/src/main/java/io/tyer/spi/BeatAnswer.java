package io.tyer.spi;

/**
 * A beat's acknowledgement: the session is alive, and was all the time since it was opened.
 *
 * @param attention whether something was done to this session's tickets that it may not have heard
 *     of (a revoke): the engine then checks each granted ticket once
 */
public record BeatAnswer(boolean attention) {

  /** Alive and nothing to look at. */
  public static final BeatAnswer ALIVE = new BeatAnswer(false);
}
