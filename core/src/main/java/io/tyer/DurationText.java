package io.tyer;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Durations as people write them: {@code 500ms}, {@code 5s}, {@code 2m}, {@code 1h30m}, ISO-8601.
 */
public final class DurationText {

  private static final Pattern PARTS =
      Pattern.compile(
          "(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");

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
    Matcher parts = PARTS.matcher(trimmed);
    if (trimmed.equals("0")) {
      return Duration.ZERO;
    }
    if (!trimmed.isEmpty() && parts.matches()) {
      return Duration.ofDays(number(parts.group(1)))
          .plusHours(number(parts.group(2)))
          .plusMinutes(number(parts.group(3)))
          .plusSeconds(number(parts.group(4)))
          .plusMillis(number(parts.group(5)));
    }
    try {
      return Duration.parse(trimmed);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "not a duration: '" + text + "'; write it as 500ms, 5s, 2m, 1h30m or in ISO-8601 (PT5S)",
          e);
    }
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
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
