package io.tyer.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Retry;
import io.tyer.StoreRefusedException;
import io.tyer.StoreUnreachableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Beyond the contract, that the test kit holds it to: processes, and what files may hold. */
@Timeout(180)
class FileVersionedTest {

  private static final int INCREMENTS = 40;
  private static final Retry PATIENT =
      new Retry(10_000, Duration.ofMillis(1), Duration.ofMillis(20), 1);

  @TempDir Path directory;

  /** Another process: adds one, so many times. */
  public static void main(String[] args) throws Exception {
    increment(new FileVersioned<>(Path.of(args[0]), Codec.text()));
  }

  private static void increment(Versioned<String> counter) throws InterruptedException {
    for (int i = 0; i < INCREMENTS; i++) {
      counter.update(PATIENT, now -> Integer.toString(now.map(Integer::parseInt).orElse(0) + 1));
    }
  }

  @Test
  void processesLoseNoIncrement() throws Exception {
    Path file = directory.resolve("counter");
    List<Process> others = List.of(start(file), start(file));
    Versioned<String> counter = new FileVersioned<>(file, Codec.text());
    increment(counter);
    for (Process other : others) {
      assertThat(other.waitFor()).isZero();
    }
    assertThat(counter.read().orElseThrow().value()).isEqualTo(Integer.toString(3 * INCREMENTS));
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(Path::getFileName).map(Path::toString))
          .containsExactlyInAnyOrder("counter", "counter.version-lock");
    }
  }

  private static Process start(Path file) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            FileVersionedTest.class.getName(),
            file.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  @Test
  void aFileWithoutAVersionIsLeftAlone() throws Exception {
    for (String content : List.of("", "a,b\n", "tyer-versioned 2 " + "0".repeat(66) + "\n")) {
      Path file = directory.resolve("plain");
      Files.writeString(file, content);
      Versioned<String> versioned = new FileVersioned<>(file, Codec.text());
      assertThatThrownBy(versioned::read)
          .isInstanceOf(StoreRefusedException.class)
          .hasMessageContaining("plain does not begin with a version");
      assertThatThrownBy(() -> versioned.create("x")).isInstanceOf(StoreRefusedException.class);
      assertThat(Files.readString(file)).isEqualTo(content);
    }
  }

  @Test
  void whoKeepsTheTurnForTooLongIsToldOf() throws Exception {
    Path file = directory.resolve("busy");
    Versioned<String> patient = new FileVersioned<>(file, Codec.text());
    Version version = patient.create("x").orElseThrow();
    Versioned<String> hasty = new FileVersioned<>(file, Codec.text(), Duration.ofMillis(50));
    try (OtherProcess paused = OtherProcess.locking(directory.resolve("busy.version-lock"))) {
      assertThatThrownBy(() -> hasty.replace(version, "y"))
          .isInstanceOf(StoreUnreachableException.class)
          .hasMessageContaining("may be paused");
      assertThat(hasty.read().orElseThrow().value()).isEqualTo("x");
      paused.kill();
    }
    assertThat(patient.replace(version, "y")).isPresent();
  }

  @Test
  void anInterruptedWriteWritesNothing() throws Exception {
    Versioned<String> versioned = new FileVersioned<>(directory.resolve("i"), Codec.text());
    Version version = versioned.create("x").orElseThrow();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> versioned.replace(version, "y"))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    assertThat(versioned.read().orElseThrow().value()).isEqualTo("x");
  }

  @Test
  void aVersionIsSentAlongAsText() {
    Version version = Version.random();
    assertThat(Version.parse(version.toString()))
        .isEqualTo(version)
        .hasToString(version.toString());
    for (String bad : List.of("", "0".repeat(31), "0".repeat(33), "A".repeat(32))) {
      assertThatThrownBy(() -> Version.parse(bad)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
