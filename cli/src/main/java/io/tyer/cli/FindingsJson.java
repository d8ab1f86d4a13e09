package io.tyer.cli;

import io.tyer.spi.Finding;
import java.util.List;
import java.util.Locale;

/** Findings for programs; their form is described in {@code tyer doctor --help}. */
final class FindingsJson {

  private static final int FORMAT = 1;

  private FindingsJson() {}

  static String text(String store, boolean usable, List<Finding> findings) {
    StringBuilder text = new StringBuilder("{\"format\": ").append(FORMAT).append(", \"store\": ");
    JsonText.append(text, store).append(", \"usable\": ").append(usable);
    text.append(", \"findings\": [");
    String separator = "\n";
    for (Finding finding : findings) {
      text.append(separator).append("  {\"level\": ");
      JsonText.append(text, finding.level().name().toLowerCase(Locale.ROOT));
      JsonText.append(text.append(", \"topic\": "), finding.topic());
      JsonText.append(text.append(", \"text\": "), finding.text()).append(", \"advice\": ");
      if (finding.advice().isEmpty()) {
        text.append("null}");
      } else {
        JsonText.append(text, finding.advice()).append('}');
      }
      separator = ",\n";
    }
    return text.append("\n]}\n").toString();
  }
}
