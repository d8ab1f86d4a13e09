package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fifty shells run commands under one lock in a loop: never two at a time, and tokens grow. */
@Tag("full")
class FiftyShellsTest {

  private static final int SHELLS = 50;
  private static final int ROUNDS = 2;
  private static final Duration LIMIT = Duration.ofMinutes(4);

  @TempDir Path directory;

  @Test
  void neverOverlap() {
    String command = "echo begin $TYER_TOKEN >> log; sleep 0.01; echo end $TYER_TOKEN >> log";
    // So many programs that start at once on few cores may each take longer than the default.
    String loop =
        String.format(
            "export TYER_OPERATION_TIMEOUT=60s; for i in $(seq %d); do %s run one -- sh -c '%s' || exit 1; done",
            ROUNDS, Shell.tyerCommand(), command);
    try (Shell shell = new Shell(directory)) {
      List<Shell.Started> shells = new ArrayList<>();
      for (int i = 0; i < SHELLS; i++) {
        shells.add(shell.start(List.of("sh", "-c", loop)));
      }
      Await.until(
          "the end of all shells",
          LIMIT,
          () -> shells.stream().noneMatch(one -> one.process().isAlive()));
      shells.forEach(one -> one.await(0));
      assertThat(shells).allSatisfy(one -> assertThat(one.err()).isEmpty());
      check(shell.read("log").lines().toList());
    }
  }

  private static void check(List<String> log) {
    assertThat(log).hasSize(2 * SHELLS * ROUNDS);
    long last = 0;
    for (int i = 0; i < log.size(); i += 2) {
      long token = Long.parseLong(log.get(i).substring("begin ".length()));
      assertThat(log.get(i + 1)).as("line %d", i + 1).isEqualTo("end " + token);
      assertThat(token).as("token in line %d", i).isGreaterThan(last);
      last = token;
    }
  }
}
