package io.tyer.drawing;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Text of an SVG or HTML document. Attributes are given as names and values in turn; all content is
 * escaped, and numbers are written to a tenth, whatever the locale. Not for several threads.
 */
public final class Markup {

  private final StringBuilder text = new StringBuilder(10_000);
  private final Deque<String> open = new ArrayDeque<>();

  /** An empty one. */
  public Markup() {}

  /**
   * Opens an element.
   *
   * @param attributes names and values in turn
   * @throws IllegalArgumentException if a name has no value
   */
  public Markup begin(String element, Object... attributes) {
    start(element, attributes);
    text.append('>');
    open.push(element);
    return this;
  }

  /**
   * Closes the element that was opened last.
   *
   * @throws java.util.NoSuchElementException if none is open
   */
  public Markup end() {
    text.append("</").append(open.pop()).append(">\n");
    return this;
  }

  /** An element without content. */
  public Markup empty(String element, Object... attributes) {
    start(element, attributes);
    text.append("/>\n");
    return this;
  }

  /** An element that holds this text and nothing else. */
  public Markup leaf(String element, String content, Object... attributes) {
    return begin(element, attributes).text(content).end();
  }

  /** An element of a picture that says what it is when it is pointed at. */
  public Markup titled(String element, String title, Object... attributes) {
    return begin(element, attributes).leaf("title", title).end();
  }

  /** Text of others, escaped. */
  public Markup text(String content) {
    text.append(escape(content));
    return this;
  }

  /** Markup that stands as it is: a picture within a page, a style sheet. */
  public Markup raw(String markup) {
    text.append(markup);
    return this;
  }

  private void start(String element, Object... attributes) {
    if (attributes.length % 2 != 0) {
      throw new IllegalArgumentException(
          "<" + element + ">: " + attributes[attributes.length - 1] + " has no value");
    }
    text.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      Object value = attributes[i + 1];
      text.append(' ').append(attributes[i]).append("=\"");
      text.append(value instanceof Number number ? number(number.doubleValue()) : escape(value));
      text.append('"');
    }
  }

  /** A number as it stands in attributes: to a tenth, without a needless point. */
  public static String number(double number) {
    double tenths = Math.round(number * 10) / 10.0;
    return tenths == (long) tenths ? Long.toString((long) tenths) : Double.toString(tenths);
  }

  private static String escape(Object content) {
    return escape(content.toString());
  }

  /** Escapes for content and attributes; what XML cannot hold becomes a question mark. */
  public static String escape(String content) {
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
                default -> escaped.appendCodePoint(isAllowed(point) ? point : '?');
              }
            });
    return escaped.toString();
  }

  private static boolean isAllowed(int point) {
    return point == '\n'
        || point == '\t'
        || (point >= 0x20 && point < 0x7F)
        || (point >= 0xA0 && point < 0xD800)
        || (point > 0xDFFF && point < 0xFFFE)
        || point > 0xFFFF;
  }

  /** At most so many characters, the last of them an ellipsis where some are missing. */
  public static String shortened(String content, int length) {
    return content.length() <= length ? content : content.substring(0, length - 1) + "…";
  }

  /**
   * What was written.
   *
   * @throws IllegalStateException if an element is still open
   */
  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("not closed: " + open);
    }
    return text.toString();
  }
}
