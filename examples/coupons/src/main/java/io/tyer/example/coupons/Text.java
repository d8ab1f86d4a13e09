package io.tyer.example.coupons;

import java.time.Duration;
import java.util.Locale;

/** How figures are shown. */
final class Text {

  private Text() {}

  /** Such as {@code 2.31 s}. */
  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
  }
}
