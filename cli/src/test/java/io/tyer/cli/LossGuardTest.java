package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.LossCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class LossGuardTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path directory;

  private Child start(LossGuard guard, String script) throws IOException {
    String ready = directory.resolve("ready").toString();
    String command = script.replace("READY", "echo > " + ready);
    Child child = guard.start(new ChildCommand(List.of("sh", "-c", command), Map.of()), () -> true);
    assertThat(child).isNotNull();
    Await.until("ready", () -> Files.exists(Path.of(ready)));
    return child;
  }

  private static long millis(Runnable action) {
    long begin = System.nanoTime();
    action.run();
    return (System.nanoTime() - begin) / 1_000_000;
  }

  @Test
  void graceEndsWithTheCommand() throws IOException {
    LossGuard guard = new LossGuard(OnLoss.KILL, LONG);
    Child child = start(guard, "trap 'exit 9' TERM; READY; while :; do sleep 0.02; done");
    guard.proved(() -> LONG);
    assertThat(millis(() -> guard.lost(LossCause.REVOKED))).isLessThan(10_000);
    Await.until("its end", () -> child.waitFor(1));
    assertThat(child.exitCode()).isEqualTo(9);
    assertThat(guard.cause()).isEqualTo(LossCause.REVOKED);
    guard.awaitEnd();
  }

  @Test
  void whoDoesNotEndIsKilled() throws IOException {
    LossGuard guard = new LossGuard(OnLoss.KILL, Duration.ofMillis(300));
    Child child = start(guard, "trap '' TERM; sleep 60 & READY; while :; do sleep 0.02; done");
    List<ProcessHandle> below = child.handle().descendants().toList();
    assertThat(below).isNotEmpty();
    assertThat(millis(() -> guard.lost(LossCause.REVOKED))).isBetween(290L, 10_000L);
    Await.until("its end", () -> child.waitFor(1));
    assertThat(child.exitCode()).isEqualTo(128 + 9);
    Await.until("no process left", () -> below.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void graceCountsFromTheLastProof() throws IOException {
    LossGuard guard = new LossGuard(OnLoss.KILL, Duration.ofMillis(20));
    Child child = start(guard, "trap 'exit 9' TERM; READY; while :; do sleep 0.02; done");
    guard.proved(() -> Duration.ofNanos(1));
    assertThat(child.waitFor(100)).isFalse(); // as if this process had been stopped meanwhile
    guard.lost(LossCause.UNPROVED);
    Await.until("its end", () -> child.waitFor(1));
    assertThat(child.exitCode()).isEqualTo(128 + 9);
  }

  @Test
  void takenAwayGivesNoGrace() throws IOException {
    LossGuard guard = new LossGuard(OnLoss.KILL, LONG);
    Child child = start(guard, "trap '' TERM; READY; while :; do sleep 0.02; done");
    guard.proved(() -> LONG);
    guard.lost(LossCause.REMOVED);
    Await.until("its end", () -> child.waitFor(1));
    assertThat(child.exitCode()).isEqualTo(128 + 9);
  }

  @Test
  void lostBeforeTheStart() throws IOException {
    LossGuard guard = new LossGuard(OnLoss.KILL, LONG);
    guard.lost(LossCause.UNPROVED);
    assertThat(guard.start(new ChildCommand(List.of("true"), Map.of()), () -> true)).isNull();
  }

  @Test
  void lostBeforeTheStartAndNotToldYet() throws IOException {
    LossGuard guard = new LossGuard(OnLoss.KILL, LONG);
    assertThat(guard.start(new ChildCommand(List.of("true"), Map.of()), () -> false)).isNull();
  }

  @Test
  void mayBeLeftAlone() throws IOException {
    LossGuard guard = new LossGuard(OnLoss.CONTINUE, LONG);
    Child child = start(guard, "READY; exec sleep 60");
    guard.lost(LossCause.UNPROVED);
    assertThat(child.waitFor(100)).isFalse();
    child.kill(Set.of());
  }
}
