package io.tyer.checks;

/** Java source text without what only people read. */
final class JavaCode {
  private final String text;
  private final StringBuilder code = new StringBuilder();
  private int at;

  private JavaCode(String text) {
    this.text = text;
  }

  /**
   * The text with comments and the contents of string, text block and character literals blanked
   * out. Every other character, and every line end, keeps its place.
   */
  static String of(String text) {
    return new JavaCode(text).strip();
  }

  private String strip() {
    while (at < text.length()) {
      if (ahead("//")) {
        blankTo(lineEnd());
      } else if (ahead("/*")) {
        blankTo(after("*/", at + 2));
      } else if (ahead("\"\"\"")) {
        literal("\"\"\"");
      } else if (ahead("\"")) {
        literal("\"");
      } else if (ahead("'")) {
        literal("'");
      } else {
        code.append(text.charAt(at++));
      }
    }
    return code.toString();
  }

  private boolean ahead(String token) {
    return text.startsWith(token, at);
  }

  private int lineEnd() {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end;
  }

  private int after(String token, int from) {
    int start = text.indexOf(token, from);
    return start < 0 ? text.length() : start + token.length();
  }

  private void literal(String quote) {
    code.append(quote);
    at += quote.length();
    int end = at;
    while (end < text.length() && !text.startsWith(quote, end)) {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    blankTo(Math.min(end, text.length()));
    if (at < text.length()) {
      code.append(quote);
      at += quote.length();
    }
  }

  private void blankTo(int end) {
    for (; at < end; at++) {
      code.append(text.charAt(at) == '\n' ? '\n' : ' ');
    }
  }
}
