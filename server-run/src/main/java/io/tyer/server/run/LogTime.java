package io.tyer.server.run;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The time of a log line. */
final class LogTime {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  private LogTime() {}

  static String of(long millis) {
    return FORMAT.format(Instant.ofEpochMilli(millis));
  }
}
