package io.tyer.example.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.Tyer;
import io.tyer.example.cache.SharedValue.Reading;
import io.tyer.example.cache.SharedValue.Source;
import io.tyer.example.frame.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that dies while it computes. */
@Timeout(180)
class KilledReaderTest {

  @Test
  void anotherComputesWhenItsLockIsFree(@TempDir Path directory) throws Exception {
    String store = "file:" + directory.resolve("locks");
    Path file = directory.resolve("value");
    try (ChildProcess killed = ReaderProcess.start(line -> {}, store, file, "die")) {
      assertThat(killed.exitCode()).isEqualTo(ChildProcess.KILLED);
    }
    try (Tyer tyer = Tyer.open(store)) {
      SharedValue value =
          new SharedValue(
              tyer.lock("value"),
              new ValueFile(file),
              Duration.ofSeconds(60),
              Duration.ofSeconds(30),
              InstantSource.system(),
              () -> "computed again");
      assertThat(value.get()).isEqualTo(new Reading("computed again", Source.COMPUTED));
    }
  }
}
