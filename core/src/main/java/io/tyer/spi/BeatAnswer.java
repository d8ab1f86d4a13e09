package io.tyer.spi;

import org.jspecify.annotations.Nullable;

/**
 * A beat's acknowledgement: the session is alive, and was all the time since it was opened.
 *
 * @param attention whether something was done to this session's tickets that it may not have heard
 *     of (a revoke): the engine then checks each granted ticket once
 * @param provedSince since when it is certain that the store keeps the session for a whole TTL,
 *     where that is another moment than that at which the beat left: a store that cannot conclude
 *     it from this beat alone tells an earlier one
 */
public record BeatAnswer(boolean attention, @Nullable Moment provedSince) {

  /** Alive and nothing to look at. */
  public static final BeatAnswer ALIVE = new BeatAnswer(false);

  /** What proves that the store keeps the session for a whole TTL since the beat left. */
  public BeatAnswer(boolean attention) {
    this(attention, null);
  }
}
