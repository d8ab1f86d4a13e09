package io.tyer.server.state;

import java.util.List;

/**
 * What is replicated: commands, and the time at which the leader proposed them.
 *
 * @param elapsedMillis how much time has passed since the entry before this one, by the leader's
 *     monotonic clock, never more than really passed; what passes without a leader is not counted
 * @param wallMillis the leader's wall clock in milliseconds since 1970, for people, and for where
 *     numbers begin when the first entry of all is applied; nothing else is decided by it
 * @param commands applied in this order, after sessions whose time has come were ended
 */
public record Entry(long elapsedMillis, long wallMillis, List<Command> commands) {

  /** Keeps a copy. */
  public Entry {
    commands = List.copyOf(commands);
  }
}
