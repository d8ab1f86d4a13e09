package io.tyer.cli;

import io.tyer.command.Printable;
import io.tyer.spi.Finding;
import java.util.List;
import java.util.Locale;

/** Findings for people: a line each, and what helps below it. */
final class FindingsText {

  private static final int LEVEL = 9;
  private static final int TOPIC = 11;

  private FindingsText() {}

  static String of(String store, boolean usable, List<Finding> findings) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : findings) {
      column(text, finding.level().name().toLowerCase(Locale.ROOT), LEVEL);
      column(text, finding.topic(), TOPIC);
      text.append(Printable.text(finding.text())).append('\n');
      if (!finding.advice().isEmpty()) {
        text.append(" ".repeat(LEVEL + TOPIC)).append("-> ");
        text.append(Printable.text(finding.advice())).append('\n');
      }
    }
    return text.append(Printable.text(store))
        .append(usable ? " can keep the promises\n" : " cannot keep the promises like this\n")
        .toString();
  }

  private static void column(StringBuilder text, String word, int width) {
    text.append(word).append(" ".repeat(Math.max(1, width - word.length())));
  }
}
