package io.tyer.example.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.Tyer;
import io.tyer.example.cache.SharedValue.Reading;
import io.tyer.example.cache.SharedValue.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that dies while it computes. */
@Timeout(60)
class KilledReaderTest {

  @Test
  void anotherComputesWhenItsLockIsFree(@TempDir Path directory) throws Exception {
    String store = "file:" + directory.resolve("locks");
    Path file = directory.resolve("value");
    Process killed = ReaderProcess.start(store, file, "die");
    assertThat(killed.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(killed.exitValue()).isEqualTo(ReaderProcess.KILLED);
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
