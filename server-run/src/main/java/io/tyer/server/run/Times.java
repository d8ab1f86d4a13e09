package io.tyer.server.run;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write them: 90d, 12h, 30m, 45s. */
final class Times {

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})([smhd])");

  private Times() {}

  /** In milliseconds; a {@link Refusal} that names the option if it is no time. */
  static long parse(String option, String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw new Refusal(option + " is a time such as 90d, 12h, 30m or 45s, not '" + text + "'");
    }
    long count = Long.parseLong(matcher.group(1));
    Duration time =
        switch (matcher.group(2)) {
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        };
    return time.toMillis();
  }
}
