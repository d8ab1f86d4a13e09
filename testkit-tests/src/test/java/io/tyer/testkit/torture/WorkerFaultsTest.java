package io.tyer.testkit.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.history.HistoryReader;
import io.tyer.testkit.history.HistoryWriter;
import io.tyer.testkit.history.What;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With processes that say what workers say, and sleep. */
@Timeout(120)
class WorkerFaultsTest {

  private static final int CLIENT = 100;

  @TempDir private Path directory;
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private HistoryWriter history;
  private ProcessCrew crew;

  @BeforeEach
  void start() throws Exception {
    history = new HistoryWriter(directory.resolve("nemesis"));
    crew =
        new ProcessCrew(
            2,
            (place, life) ->
                new ProcessBuilder(
                        "sh", "-c", "echo opened " + (CLIENT + 10 * place + life) + "; exec cat")
                    .start(),
            history,
            complaints::add);
    crew.start();
  }

  @AfterEach
  void end() throws IOException {
    crew.close();
    history.close();
  }

  private Optional<Fault.Injury> strike(FaultKind kind, int victim) throws Exception {
    return Strikes.strike(WorkerFaults.of(crew), kind, victim, 0.5);
  }

  private long pidOf(int place) {
    ProcessCrew.Place claimed = crew.claim(place).orElseThrow();
    claimed.release();
    assertThat(claimed.index()).isEqualTo(place);
    return claimed.worker().pid();
  }

  private List<What> written(int client) throws IOException {
    return HistoryReader.read(directory.resolve("nemesis")).stream()
        .filter(event -> event.process() == client)
        .map(event -> event.what())
        .toList();
  }

  @Test
  void aPausedWorkerIsStoppedAndThenGoesOn() throws Exception {
    long pid = pidOf(1);
    Fault.Injury injury = strike(FaultKind.PAUSE, 1).orElseThrow();
    await(pid, true);
    injury.heal();
    await(pid, false);
    assertThat(written(CLIENT + 10)).containsExactly(What.PAUSED, What.RESUMED);
    assertThat(written(CLIENT)).isEmpty();
  }

  /** A signal is delivered a moment after it was sent. */
  private static void await(long pid, boolean stopped) throws IOException {
    Signals never = new Signals();
    for (int i = 0; i < 500 && (ProcessState.of(pid) == 'T') != stopped; i++) {
      never.pause(10_000_000);
    }
    assertThat(ProcessState.of(pid) == 'T').isEqualTo(stopped);
  }

  @Test
  void aKilledWorkerIsGoneAndAnotherOneComes() throws Exception {
    long pid = pidOf(0);
    Fault.Injury injury = strike(FaultKind.KILL, 0).orElseThrow();
    assertThat(ProcessState.exists(pid)).isFalse();
    assertThat(written(CLIENT)).containsExactly(What.KILLED);
    injury.heal();
    assertThat(pidOf(0)).isNotEqualTo(pid);
    assertThat(ProcessState.exists(pidOf(0))).isTrue();
  }

  @Test
  void oneWorkerIsStruckByOneThingAtATime() throws Exception {
    Fault.Injury first = strike(FaultKind.PAUSE, 0).orElseThrow();
    Fault.Injury second = strike(FaultKind.PAUSE, 0).orElseThrow();
    assertThat(first.description()).contains("worker 0");
    assertThat(second.description()).contains("worker 1");
    assertThat(strike(FaultKind.KILL, 0)).isEmpty();
    first.heal();
    second.heal();
    strike(FaultKind.KILL, 0).orElseThrow().heal();
  }

  @Test
  void aWorkerThatDiedByItselfIsComplainedOfOnceWhenItIsStruck() throws Exception {
    crew.close();
    ProcessCrew dying =
        new ProcessCrew(
            1,
            (place, life) ->
                new ProcessBuilder("sh", "-c", "echo opened 1; read a; exit 7").start(),
            history,
            complaints::add);
    try (dying) {
      dying.start();
      ProcessCrew.Place place = dying.claim(0).orElseThrow();
      place.release();
      place.worker().tell("die");
      Signals never = new Signals();
      for (int i = 0; i < 500 && place.worker().alive(); i++) {
        never.pause(10_000_000);
      }
      assertThat(Strikes.strike(WorkerFaults.of(dying), FaultKind.PAUSE, 0, 0.5)).isEmpty();
      assertThat(Strikes.strike(WorkerFaults.of(dying), FaultKind.KILL, 0, 0.5)).isPresent();
    }
    assertThat(complaints).containsExactly("worker 0 ended with exit code 7, and nobody killed it");
  }

  @Test
  void aWorkerThatEndsBadlyIsComplainedOf() throws Exception {
    crew.close();
    ProcessCrew failing =
        new ProcessCrew(
            1,
            (place, life) ->
                new ProcessBuilder("sh", "-c", "echo opened 1; echo unexpected x; read a; exit 9")
                    .start(),
            history,
            complaints::add);
    try (failing) {
      failing.start();
      failing.stop();
    }
    assertThat(complaints)
        .containsExactly(
            "worker 0: unexpected x", "worker 0 ended with exit code 9, and nobody killed it");
  }
}
