package io.tyer.store.redis;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The wall clock of a server that libfaketime is loaded into. */
final class FakedClock {

  private static final List<Path> LIBRARIES =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib/faketime/libfaketimeMT.so.1"));

  private final Path file;
  private final Path library;

  /** The test is skipped, with the reason, where clocks cannot be faked. */
  FakedClock(Path directory) throws IOException {
    Path found = LIBRARIES.stream().filter(Files::exists).findFirst().orElse(null);
    assumeTrue(found != null, "libfaketimeMT.so.1 is not installed (Debian: faketime)");
    library = Objects.requireNonNull(found);
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
