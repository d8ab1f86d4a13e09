package io.tyer.testkit.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.history.Event;
import io.tyer.testkit.history.What;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SubstanceTest {

  private static final long MILLI = 1_000_000;

  private final TorturePlan plan =
      TorturePlan.onStore("memory:x", 1, Path.of("unused"))
          .withTime(Duration.ofSeconds(9))
          .withFaults(EnumSet.of(FaultKind.PAUSE));

  private final List<Blow> planned = List.of(new Blow(1, FaultKind.PAUSE, 0, 1, 0));

  private static Event event(long millis, int process, What what) {
    return new Event(millis * MILLI, process, 1, what, "door", 0, 0, 1, 0, "");
  }

  /** Two clients that take turns all the time, and one loss. */
  private static List<Event> busy() {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 900; i++) {
      events.add(event(10L * i, 100 + i % 2, What.GRANTED));
      events.add(event(10L * i + 1, 100 + i % 2, What.VALID));
      events.add(event(10L * i + 2, 100, What.BUSY));
    }
    events.add(event(5, ResourceServer.PROCESS, What.ACCEPTED));
    events.add(event(5, 100, What.PAUSED));
    events.add(new Event(6 * MILLI, 100, 1, What.LOST, "door", 0, 0, 1, 0, "UNPROVED"));
    return events;
  }

  private List<String> missing(List<Event> events, Map<FaultKind, Integer> struck) {
    return Substance.missing(events, plan, planned, struck);
  }

  @Test
  void aRunInWhichMuchHappenedProvesSomething() {
    assertThat(missing(busy(), Map.of(FaultKind.PAUSE, 1))).isEmpty();
  }

  @Test
  void nothingProvesNothing() {
    assertThat(missing(List.of(), Map.of()))
        .anyMatch(text -> text.contains("GRANTED"))
        .anyMatch(text -> text.contains("from one client to another"))
        .anyMatch(text -> text.contains("resource"))
        .anyMatch(text -> text.contains("pause was planned and has never struck"));
  }

  @Test
  void aFaultForWhichARunIsTooShortIsKnown() {
    assertThat(Substance.withoutTheirTurn(EnumSet.of(FaultKind.PAUSE, FaultKind.KILL), planned))
        .containsExactly(FaultKind.KILL);
  }

  @Test
  void pausesWithoutAnyLossProveNothing() {
    List<Event> events = busy();
    events.removeIf(event -> event.what() == What.LOST);
    assertThat(missing(events, Map.of(FaultKind.PAUSE, 8)))
        .singleElement()
        .asString()
        .contains("no lease of theirs was lost");
    events.add(event(6, 100, What.INVALID));
    events.add(new Event(6 * MILLI, 100, 1, What.LOST, "door", 0, 0, 1, 0, "MAX_HOLD"));
    events.add(new Event(6 * MILLI, 101, 1, What.LOST, "door", 0, 0, 1, 0, "UNPROVED"));
    assertThat(missing(events, Map.of(FaultKind.PAUSE, 8))).hasSize(1);
    assertThat(missing(events, Map.of(FaultKind.PAUSE, 7))).as("few pauses").isEmpty();
  }

  @Test
  void aRunThatStallsHalfwayProvesNothing() {
    List<Event> events = busy();
    events.removeIf(event -> event.at() > 4_000 * MILLI);
    assertThat(missing(events, Map.of(FaultKind.PAUSE, 1)))
        .singleElement()
        .asString()
        .contains("third 3");
  }

  @Test
  void nobodyIsGrantedAnythingWhileTheServerIsAway() {
    List<Event> events = busy();
    events.removeIf(event -> event.at() >= 6_000 * MILLI);
    assertThat(afterPause(events, 1_600)).isEmpty();
    assertThat(afterPause(events, 1_400)).singleElement().asString().contains("third 3");
    events.removeIf(event -> event.at() >= 3_000 * MILLI);
    assertThat(afterPause(events, 1_600)).as("in another third").hasSize(1);
  }

  /** The server was away for so long, from a little before the last third on. */
  private List<String> afterPause(List<Event> events, long millis) {
    List<Event> all = new ArrayList<>(events);
    all.add(fault(5_900, What.FAULT));
    all.add(fault(6_000 + millis, What.HEALED));
    return missing(all, Map.of(FaultKind.PAUSE, 1));
  }

  private static Event fault(long millis, What what) {
    return new Event(millis * MILLI, 0, 0, what, "", 0, 0, 0, 0, "server-pause: for a while");
  }

  @Test
  void oneClientAloneProvesNothing() {
    List<Event> events = busy();
    events.removeIf(event -> event.process() == 101);
    assertThat(missing(events, Map.of(FaultKind.PAUSE, 1)))
        .anyMatch(text -> text.contains("from one client to another only 0"));
  }
}
