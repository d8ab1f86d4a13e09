package io.tyer.testkit.history;

/** Text of an SVG or HTML document; everything that is not markup of ours is escaped. */
final class Markup {

  private final StringBuilder text = new StringBuilder(10_000);

  /** Markup as it is. */
  Markup raw(String markup) {
    text.append(markup);
    return this;
  }

  /** Text of others. */
  Markup text(String content) {
    text.append(escape(content));
    return this;
  }

  /** A number of an attribute, to a tenth of a pixel. */
  Markup number(double number) {
    double tenths = Math.round(number * 10) / 10.0;
    text.append(tenths == (long) tenths ? Long.toString((long) tenths) : Double.toString(tenths));
    return this;
  }

  /** The begin of a rectangle; to be closed. */
  Markup rect(String style, double x, double y, double width, double height) {
    return raw("<rect class=\"")
        .raw(style)
        .raw("\" x=\"")
        .number(x)
        .raw("\" y=\"")
        .number(y)
        .raw("\" width=\"")
        .number(width)
        .raw("\" height=\"")
        .number(height)
        .raw("\"");
  }

  /** Escapes for content and attributes; what XML cannot hold becomes a question mark. */
  static String escape(String content) {
    StringBuilder escaped = new StringBuilder(content.length() + 16);
    content
        .codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> {
                  boolean allowed =
                      point == '\n'
                          || point == '\t'
                          || (point >= 0x20 && point < 0x7F)
                          || (point >= 0xA0 && point < 0xD800)
                          || (point > 0xDFFF && point < 0xFFFE)
                          || point > 0xFFFF;
                  escaped.appendCodePoint(allowed ? point : '?');
                }
              }
            });
    return escaped.toString();
  }

  /** At most so many characters. */
  static String shortened(String content, int length) {
    return content.length() <= length ? content : content.substring(0, length - 1) + "…";
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
