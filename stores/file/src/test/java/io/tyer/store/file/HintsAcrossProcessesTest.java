package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.store.record.Hint;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class HintsAcrossProcessesTest {

  private static final int HINTS = 300;

  @TempDir Path directory;

  @Test
  void hintsArriveOneAfterTheOther() throws Exception {
    SessionId session = new SessionId(5, 6);
    try (FileMedium medium = Stores.open(directory);
        ChildJvm child = ChildJvm.start(HintListener.class, directory, session)) {
      assumeTrue(medium.tells(), "the file system cannot tell of changes");
      assertThat(child.line()).isEqualTo("ready");
      for (int i = 0; i < HINTS; i++) {
        medium.hint(new Hint(session, LockName.of("name-" + i)));
        assertThat(child.line()).isEqualTo("name-" + i);
      }
      child.tell("end");
      assertThat(child.rest()).isEqualTo("done\n");
      assertThat(directory.resolve("inbox").toFile().list()).isEmpty();
    }
  }
}
