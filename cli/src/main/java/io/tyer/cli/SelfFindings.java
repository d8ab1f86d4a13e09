package io.tyer.cli;

import io.tyer.command.Version;
import io.tyer.spi.Finding;
import java.util.List;

/** What this program is and runs on. */
final class SelfFindings {

  private SelfFindings() {}

  static List<Finding> of() {
    return List.of(
        Finding.ok(
            "versions",
            "Tyer "
                + Version.text()
                + ", Java "
                + System.getProperty("java.version")
                + ", "
                + System.getProperty("os.name")
                + " "
                + System.getProperty("os.version")));
  }
}
