package io.tyer.server.log;

import io.tyer.server.state.Bounds;
import io.tyer.server.state.Command;
import io.tyer.server.state.EntryCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What a lead begins with: numbers above all that were given before, also above those that the log
 * has lost, as far as an earlier leader's clock was not ahead of this one's. A clock that most
 * members contradict raises nothing, since numbers never come down again.
 *
 * @param commands of the first entry; none as long as a member may be older than they are
 * @param alarm why numbers are not raised although they could be
 */
record Opening(List<Command> commands, Optional<String> alarm) {

  /** The first version that knows such an entry. */
  static final int VERSION = EntryCodec.VERSION;

  /** How far a clock may be ahead of the median. */
  static final long AHEAD_MILLIS = TimeUnit.HOURS.toMillis(1);

  /** Up to here numbers follow the clock: it is where {@link Bounds#MAX_FLOOR} is reached. */
  static final long LAST_MILLIS = (Bounds.MAX_FLOOR + Bounds.MICROS_2025) / 1_000;

  /**
   * Decides by what is known.
   *
   * @param adopted the version that members behave by
   * @param lastNumber the largest number given out, by the log
   * @param promised the largest number that this member is known to have seen
   * @param wallMillis this member's clock
   * @param others what others tell
   * @param members how many there are
   */
  static Opening of(
      int adopted,
      long lastNumber,
      long promised,
      long wallMillis,
      List<PeerClock> others,
      int members) {
    List<Command> commands = new ArrayList<>();
    if (adopted < VERSION) {
      boolean all =
          others.size() == members - 1
              && others.stream().allMatch(other -> other.version() >= VERSION);
      if (!all) {
        return new Opening(List.of(), Optional.empty());
      }
      commands.add(new Command.Adopt(VERSION));
    }
    Optional<String> alarm = wrong(wallMillis, others, members);
    long byClock = alarm.isPresent() ? 0 : Math.max(0, wallMillis * 1_000 - Bounds.MICROS_2025);
    long floor = Math.max(byClock, Math.min(promised, Bounds.MAX_FLOOR));
    if (floor > lastNumber) {
      commands.add(new Command.RaiseNumbers(floor));
    }
    return new Opening(List.copyOf(commands), alarm);
  }

  private static Optional<String> wrong(long wallMillis, List<PeerClock> others, int members) {
    if (wallMillis > LAST_MILLIS) {
      return Optional.of("this member's clock is beyond the year 2060");
    }
    if (1 + others.size() <= members / 2) {
      return Optional.of(
          "most of the "
              + members
              + " members have not told their clocks: "
              + others.size()
              + " others have");
    }
    List<Long> clocks = new ArrayList<>(List.of(wallMillis));
    others.forEach(other -> clocks.add(other.wallMillis()));
    clocks.sort(null);
    long ahead = wallMillis - clocks.get((clocks.size() - 1) / 2);
    return ahead > AHEAD_MILLIS
        ? Optional.of(
            "this member's clock is "
                + TimeUnit.MILLISECONDS.toMinutes(ahead)
                + " minutes ahead of the median of members' clocks")
        : Optional.empty();
  }
}
