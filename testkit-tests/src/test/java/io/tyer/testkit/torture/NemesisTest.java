package io.tyer.testkit.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.history.HistoryReader;
import io.tyer.testkit.history.HistoryWriter;
import io.tyer.testkit.history.What;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class NemesisTest {

  @TempDir private Path directory;
  private final List<String> done = new CopyOnWriteArrayList<>();
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private Nemesis carriedOut(Fault fault, int awaited, Blow... blows) throws Exception {
    try (HistoryWriter history = new HistoryWriter(directory.resolve("nemesis"))) {
      Nemesis nemesis = new Nemesis(Map.of(FaultKind.KILL, fault), history, lines::add);
      nemesis.carryOut(List.of(blows));
      Signals never = new Signals();
      for (int i = 0; i < 1_000 && done.size() < awaited; i++) {
        never.pause(10_000_000);
      }
      nemesis.stop();
      return nemesis;
    }
  }

  private static Blow blow(long at, long duration) {
    return new Blow(at, FaultKind.KILL, 0, duration, 0);
  }

  private Optional<Fault.Injury> note(Blow blow) {
    done.add("strike " + blow.atMillis());
    return Optional.of(
        new Fault.Injury() {
          @Override
          public String description() {
            return "number " + blow.atMillis();
          }

          @Override
          public void heal() {
            done.add("heal " + blow.atMillis());
          }
        });
  }

  private List<What> written() throws IOException {
    return HistoryReader.read(directory.resolve("nemesis")).stream()
        .map(event -> event.what())
        .toList();
  }

  @Test
  void everyFaultIsHealedOnceAtTheLatestAtTheEnd() throws Exception {
    Nemesis nemesis = carriedOut(this::note, 3, blow(1, 1), blow(2, 900_000));
    assertThat(done).containsExactlyInAnyOrder("strike 1", "strike 2", "heal 1", "heal 2");
    assertThat(nemesis.struck()).isEqualTo(Map.of(FaultKind.KILL, 2));
    assertThat(nemesis.troubles()).isEmpty();
    assertThat(written())
        .containsExactlyInAnyOrder(What.FAULT, What.FAULT, What.HEALED, What.HEALED);
    assertThat(lines).hasSize(2).allMatch(line -> line.contains("kill: number"));
  }

  @Test
  void aFaultThatWasKeptWaitingIsWaitedFor() throws Exception {
    Fault occupied =
        blow -> {
          done.add("tried");
          return done.size() < 3 ? Optional.empty() : note(blow);
        };
    try (HistoryWriter history = new HistoryWriter(directory.resolve("nemesis"))) {
      Nemesis nemesis = new Nemesis(Map.of(FaultKind.KILL, occupied), history, lines::add);
      nemesis.carryOut(List.of(blow(1, 1), blow(900_000, 1)));
      nemesis.awaitEachKind(Duration.ofMillis(1));
      assertThat(nemesis.struck()).isEmpty();
      nemesis.awaitEachKind(Duration.ofSeconds(30));
      nemesis.stop();
      assertThat(nemesis.struck()).isEqualTo(Map.of(FaultKind.KILL, 1));
    }
  }

  @Test
  void whatIsPlannedForLaterDoesNotStrikeAfterTheEnd() throws Exception {
    carriedOut(this::note, 2, blow(1, 1), blow(900_000, 1));
    assertThat(done).containsExactly("strike 1", "heal 1");
  }

  @Test
  void aFaultThatCannotStrikeIsTold() throws Exception {
    Fault broken =
        blow -> {
          done.add("tried");
          throw new IOException("no iron");
        };
    Nemesis nemesis = carriedOut(broken, 1, blow(1, 1));
    assertThat(nemesis.troubles()).singleElement().asString().contains("kill").contains("no iron");
    assertThat(nemesis.struck()).isEmpty();
  }

  @Test
  void aFaultWithoutAVictimDidNotStrike() throws Exception {
    Fault none =
        blow -> {
          done.add("tried");
          return Optional.empty();
        };
    Nemesis nemesis = carriedOut(none, 1, blow(1, 1));
    assertThat(nemesis.struck()).isEmpty();
    assertThat(written()).isEmpty();
    assertThat(lines).isEmpty();
  }
}
