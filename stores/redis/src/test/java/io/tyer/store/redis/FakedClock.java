package io.tyer.store.redis;

import io.tyer.testkit.host.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;

/** The wall clock of a server that libfaketime is loaded into. */
final class FakedClock {

  private final Path file;
  private final Path library;

  FakedClock(Path directory) throws IOException {
    library = Needs.faketimeLibrary().orElseThrow();
    file = directory.resolve("clock");
    set(Duration.ZERO);
  }

  /** How far ahead of the machine's clock it is from now on. */
  void set(Duration ahead) throws IOException {
    Path draft = file.resolveSibling("clock.draft");
    Files.writeString(draft, (ahead.isNegative() ? "" : "+") + ahead.toSeconds() + "\n");
    Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAKETIME_TIMESTAMP_FILE", file.toString(),
        "FAKETIME_NO_CACHE", "1",
        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
        "DONT_FAKE_MONOTONIC", "1");
  }
}
