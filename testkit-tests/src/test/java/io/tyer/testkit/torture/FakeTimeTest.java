package io.tyer.testkit.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@Requires(Needs.FAKETIME)
class FakeTimeTest {

  /** What a machine that is busy may add between two readings. */
  private static final long TOLERANCE = 30;

  @TempDir private Path directory;

  /** The wall clock of a process with this worker's clock, less that of one without. */
  private static long ahead(FakeTime time, int worker) throws IOException {
    ProcessBuilder faked = new ProcessBuilder("date", "+%s");
    faked.environment().putAll(time.environmentOf(worker));
    return seconds(faked) - seconds(new ProcessBuilder("date", "+%s"));
  }

  private static long seconds(ProcessBuilder date) throws IOException {
    byte[] said = date.start().getInputStream().readAllBytes();
    return Long.parseLong(new String(said, StandardCharsets.UTF_8).strip());
  }

  @Test
  void aClockThatIsSetIsWrongUntilItIsHealed() throws Exception {
    FakeTime time = new FakeTime(directory);
    assertThat(ahead(time, 0)).isBetween(-TOLERANCE, TOLERANCE);
    Fault.Injury forward = time.strike(blow(0, 1)).orElseThrow();
    Fault.Injury back = time.strike(blow(1, 0)).orElseThrow();
    assertThat(ahead(time, 0)).isBetween(3_600 - TOLERANCE, 3_600 + TOLERANCE);
    assertThat(ahead(time, 1)).isBetween(-3_600 - TOLERANCE, -3_600 + TOLERANCE);
    assertThat(time.strike(blow(0, 1))).as("one step at a time").isEmpty();
    forward.heal();
    back.heal();
    assertThat(ahead(time, 0)).isBetween(-TOLERANCE, TOLERANCE);
  }

  /** Without the right settings a timed wait under libfaketime ends at once, and workers spin. */
  @Test
  void timedWaitsOfAJvmTakeTheirTime() throws Exception {
    FakeTime time = new FakeTime(directory);
    Process process =
        Jvm.start(
            java.util.List.of(),
            time.environmentOf(0),
            directory.resolve("log"),
            TimedWait.class,
            java.util.List.of());
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(Long.parseLong(said)).isGreaterThanOrEqualTo(TimedWait.MILLIS);
  }

  private static Blow blow(int worker, double size) {
    return new Blow(0, FaultKind.CLOCK, worker, 1_000, size);
  }
}
