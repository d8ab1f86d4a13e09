package io.tyer.server.state;

import java.util.List;

/**
 * What is replicated: commands, and the time at which the leader proposed them.
 *
 * @param elapsedMillis how much time has passed since the entry before this one, by the leader's
 *     monotonic clock, never more than really passed; what passes without a leader is not counted,
 *     nor what exceeds {@link Bounds#MAX_ELAPSED_MILLIS}
 * @param wallMillis the leader's wall clock in milliseconds since 1970, for people, and for where
 *     numbers begin when the first entry of all is applied, and for when tokens expire; nothing
 *     else is decided by it
 * @param commands applied in this order, after sessions whose time has come were ended
 */
public record Entry(long elapsedMillis, long wallMillis, List<Command> commands) {

  /**
   * Keeps a copy.
   *
   * @throws IllegalArgumentException if the time is negative or exceeds the bound
   */
  public Entry {
    if (elapsedMillis < 0 || elapsedMillis > Bounds.MAX_ELAPSED_MILLIS) {
      throw new IllegalArgumentException(
          "an entry lets 0 to "
              + Bounds.MAX_ELAPSED_MILLIS
              + " ms pass, not "
              + elapsedMillis
              + ": what exceeds that is not counted");
    }
    commands = List.copyOf(commands);
  }
}
