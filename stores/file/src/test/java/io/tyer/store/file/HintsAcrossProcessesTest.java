package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.store.record.Hint;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HintsAcrossProcessesTest {

  private static final int HINTS = 300;

  @TempDir Path directory;

  @Test
  void hintsArriveSoon() throws Exception {
    SessionId session = new SessionId(5, 6);
    try (FileMedium medium = Stores.open(directory);
        ChildJvm child = ChildJvm.start(HintListener.class, directory, session)) {
      assumeTrue(medium.tells(), "the file system cannot tell of changes");
      assertThat(child.line()).isEqualTo("ready");
      long[] micros = new long[HINTS];
      for (int i = 0; i < HINTS; i++) {
        long sent = System.nanoTime();
        medium.hint(new Hint(session, LockName.of("name-" + i)));
        String[] heard = child.line().split(" ", 2);
        assertThat(heard[0]).isEqualTo("name-" + i);
        micros[i] = (Long.parseLong(heard[1]) - sent) / 1000;
        LockSupport.parkNanos(1_000_000);
      }
      child.tell("end");
      assertThat(child.rest()).isEqualTo("done\n");
      assertThat(directory.resolve("inbox").toFile().list()).isEmpty();
      Arrays.sort(micros);
      System.out.printf(
          "from hint to listener in another process: median %d µs, 99 %% %d µs%n",
          micros[HINTS / 2], micros[HINTS * 99 / 100]);
      assertThat(micros[HINTS / 2]).isLessThan(20_000);
    }
  }
}
