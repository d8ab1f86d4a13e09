package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.line.SessionId;
import io.tyer.store.file.Steps.Step;
import io.tyer.store.record.RecordKey;
import io.tyer.store.record.Stamped;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A request of its own still runs when a client closes: it too leaves nothing (promise L3). */
class LateRequestTest {

  private static final RecordKey KEY = Stores.line(7);

  @TempDir Path directory;

  private final Script script = new Script();

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"WRITTEN", "LINKED", "COUNTED", "PRUNING"})
  void aReplacementLeavesNoDraft(Step step) throws Exception {
    FileMedium late = Stores.open(directory, script);
    Stamped newest = null;
    for (int i = 0; i < 2 * Pruning.KEPT; i++) {
      newest = Stores.replaced(late, KEY, newest, new byte[] {(byte) i});
    }
    script.at(step, late::close);
    Stamped last = Stores.replaced(late, KEY, newest, new byte[] {99});
    assertThat(script.isDone()).isTrue();
    assertThat(directory.resolve("tmp").toFile().list()).isEmpty();
    try (FileMedium next = Stores.open(directory)) {
      assertThat(Stores.newest(next, KEY)).matches(last::same);
    }
  }

  @Test
  void aRefusedReplacementLeavesNoDraft() throws Exception {
    FileMedium late = Stores.open(directory, script);
    Stamped first = Stores.replaced(late, KEY, null, new byte[0]);
    try (FileMedium other = Stores.open(directory)) {
      script.at(
          Step.WRITTEN,
          () -> {
            assertThat(other.replace(KEY, first, new byte[0])).isNotNull();
            late.close();
          });
      assertThat(late.replace(KEY, first, new byte[0])).isNull();
      assertThat(script.isDone()).isTrue();
    }
    assertThat(directory.resolve("tmp").toFile().list()).isEmpty();
  }

  @Test
  void whoListensTooLateLeavesNoInbox() throws Exception {
    FileMedium late = Stores.open(directory);
    assertThat(late.tells()).isIn(true, false);
    late.close();
    AutoCloseable listening = late.listen(new SessionId(1, 1), hint -> {});
    assertThat(directory.resolve("inbox").toFile().list()).isEmpty();
    listening.close();
  }
}
