package io.tyer.cli;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long ago something was. Now is counted from the start of this process, which the operating
 * system knows; good to a second or so, and only ever shown to people.
 */
final class Ages {

  private final @Nullable Instant start;
  private final long startNanos;

  private Ages(@Nullable Instant start, long startNanos) {
    this.start = start;
    this.startNanos = startNanos;
  }

  static Ages ofThisProcess() {
    return new Ages(ProcessHandle.current().info().startInstant().orElse(null), System.nanoTime());
  }

  /** As if it were always that moment. */
  static Ages asOf(Instant now) {
    return new Ages(now, System.nanoTime() + Duration.ofDays(1).toNanos());
  }

  /** As in {@code 3m12s}; the moment itself where the age is not known. */
  String since(Instant moment) {
    if (start == null) {
      return moment.toString();
    }
    long elapsed = Math.max(0, System.nanoTime() - startNanos);
    return text(Duration.between(moment, start.plusNanos(elapsed)));
  }

  /** The two largest units, down to seconds. */
  static String text(Duration age) {
    if (age.isNegative() || age.toSeconds() == 0) {
      return "0s";
    }
    if (age.toDays() > 0) {
      return two(age.toDays(), "d", age.toHoursPart(), "h");
    }
    if (age.toHours() > 0) {
      return two(age.toHours(), "h", age.toMinutesPart(), "m");
    }
    if (age.toMinutes() > 0) {
      return two(age.toMinutes(), "m", age.toSecondsPart(), "s");
    }
    return age.toSeconds() + "s";
  }

  private static String two(long first, String firstUnit, int second, String secondUnit) {
    return first + firstUnit + (second == 0 ? "" : second + secondUnit);
  }
}
