package io.tyer;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Durations as people write them: {@code 500ms}, {@code 5s}, {@code 2m}, {@code 1h30m}, ISO-8601.
 */
public final class DurationText {

  private static final String[] UNITS = {"d", "h", "m", "s", "ms"};
  private static final long[] MILLIS = {86_400_000, 3_600_000, 60_000, 1000, 1};
  private static final int MOST_DIGITS = 9;

  /** Longer than anybody waits, and short enough to be added up and counted in nanoseconds. */
  private static final Duration LONGEST = Duration.ofDays(100_000);

  private DurationText() {}

  /**
   * Reads a duration.
   *
   * @throws IllegalArgumentException if it is not one, or one of more than 100,000 days; the
   *     message says what one looks like
   */
  public static Duration parse(String text) {
    Duration duration = read(text, text.trim().toLowerCase(Locale.ROOT));
    if (duration.compareTo(LONGEST) > 0 || duration.compareTo(LONGEST.negated()) < 0) {
      throw new IllegalArgumentException(
          "too long a duration: '" + text + "'; the longest is " + format(LONGEST));
    }
    return duration;
  }

  private static Duration read(String text, String trimmed) {
    if (trimmed.equals("0")) {
      return Duration.ZERO;
    }
    Duration sum = sum(trimmed);
    if (sum != null) {
      return sum;
    }
    try {
      return Duration.parse(trimmed);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "not a duration: '" + text + "'; write it as 500ms, 5s, 2m, 1h30m or in ISO-8601 (PT5S)",
          e);
    }
  }

  /** Of amounts with units, the larger units first, each once; null if it is something else. */
  private static @Nullable Duration sum(String text) {
    Duration sum = Duration.ZERO;
    int at = 0;
    int least = 0;
    while (at < text.length()) {
      int unit = skip(text, at, true);
      int next = skip(text, unit, false);
      int found = unitAt(text.substring(unit, next), least);
      if (unit == at || unit - at > MOST_DIGITS || found < 0) {
        return null;
      }
      sum = sum.plusMillis(Long.parseLong(text.substring(at, unit)) * MILLIS[found]);
      least = found + 1;
      at = next;
    }
    return text.isEmpty() ? null : sum;
  }

  /** Where the digits that begin there end, or what is none. */
  private static int skip(String text, int from, boolean digits) {
    int at = from;
    while (at < text.length() && (text.charAt(at) >= '0' && text.charAt(at) <= '9') == digits) {
      at++;
    }
    return at;
  }

  private static int unitAt(String unit, int from) {
    for (int i = from; i < UNITS.length; i++) {
      if (UNITS[i].equals(unit)) {
        return i;
      }
    }
    return -1;
  }

  /** The shortest form that {@link #parse} reads back, down to milliseconds. */
  public static String format(Duration duration) {
    if (duration.compareTo(Duration.ofMillis(1)) < 0) {
      return duration.isZero() ? "0" : duration.toString();
    }
    StringBuilder text = new StringBuilder();
    append(text, duration.toDays(), "d");
    append(text, duration.toHoursPart(), "h");
    append(text, duration.toMinutesPart(), "m");
    append(text, duration.toSecondsPart(), "s");
    append(text, duration.toMillisPart(), "ms");
    return text.toString();
  }

  private static void append(StringBuilder text, long amount, String unit) {
    if (amount != 0) {
      text.append(amount).append(unit);
    }
  }
}
