package io.tyer.example.coupons;

import java.util.Locale;

/** Text of a picture; numbers are written as SVG wants them, whatever the locale. */
final class Svg {

  private final StringBuilder text = new StringBuilder();

  Svg add(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    return this;
  }

  /** A rectangle that says what it is when pointed at. */
  void box(double x, double y, double width, double height, String style, String says) {
    add(
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" %s><title>%s</title></rect>",
        x, y, Math.max(0.8, width), height, style, Text.escaped(says));
  }

  void label(double x, double y, String style, String says) {
    add("<text x=\"%.1f\" y=\"%.1f\" class=\"%s\">%s</text>", x, y, style, Text.escaped(says));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
