package io.tyer.testkit.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.history.Event;
import io.tyer.testkit.history.What;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutcomesTest {

  private static final long SECOND = 1_000_000_000;

  private static Event event(long seconds, int process, long operation, What what, String note) {
    return new Event(seconds * SECOND, process, operation, what, "door", 0, 0, 0, 0, note);
  }

  @Test
  void anAcquireThatReturnsLongAfterItsLimitIsLate() {
    Event call = event(0, 5, 1, What.ACQUIRE, "MUTEX TIMED 100 ms");
    assertThat(late(call, event(30, 5, 1, What.BUSY, ""))).hasSize(1);
    assertThat(late(call, event(1, 5, 1, What.BUSY, ""))).isEmpty();
    assertThat(late(call, event(7, 5, 1, What.BUSY, ""))).hasSize(1);
  }

  @Test
  void whileAFaultIsFeltAnAcquireMayTakeLonger() {
    Event call = event(10, 5, 1, What.ACQUIRE, "MUTEX TRY 0 ms");
    Event end = event(17, 5, 1, What.BUSY, "");
    assertThat(Outcomes.late(withFault("delay: worker 1", 5, 8, call, end), SECOND)).isEmpty();
    assertThat(Outcomes.late(withFault("delay: worker 1", 1, 2, call, end), SECOND)).hasSize(1);
    Event tooLate = event(24, 5, 1, What.BUSY, "");
    assertThat(Outcomes.late(withFault("delay: worker 1", 5, 30, call, tooLate), SECOND))
        .hasSize(1);
  }

  private static List<String> late(Event... events) {
    return Outcomes.late(List.of(events), SECOND);
  }

  @Test
  void theTimeInWhichItsProcessStoodStillDoesNotCount() {
    List<Event> stopped =
        List.of(
            event(0, 5, 1, What.ACQUIRE, "MUTEX TIMED 100 ms"),
            event(1, 5, 0, What.PAUSED, ""),
            event(29, 5, 0, What.RESUMED, ""),
            event(30, 5, 1, What.BUSY, ""));
    assertThat(Outcomes.late(stopped, SECOND)).isEmpty();
  }

  @Test
  void aProcessGoesOnBeforeThatIsNoted() {
    List<Event> stopped =
        List.of(
            event(0, 5, 1, What.ACQUIRE, "MUTEX TIMED 100 ms"),
            event(1, 5, 0, What.PAUSED, ""),
            event(29, 5, 1, What.BUSY, ""),
            event(29, 5, 2, What.ACQUIRE, "MUTEX TIMED 100 ms"),
            event(30, 5, 0, What.RESUMED, ""),
            event(41, 5, 2, What.BUSY, ""));
    assertThat(Outcomes.late(stopped, SECOND)).singleElement().asString().contains("acquire 2");
  }

  @Test
  void anAcquireWithoutALimitIsNeverLate() {
    assertThat(late(event(0, 5, 1, What.ACQUIRE, "MUTEX WAIT"), event(900, 5, 1, What.GRANTED, "")))
        .isEmpty();
  }

  @Test
  void whoWaitsSinceBeforeIsPendingUnlessItsProcessIsGone() {
    Event waits = event(1, 5, 1, What.ACQUIRE, "MUTEX WAIT");
    assertThat(Outcomes.pending(List.of(waits), 2 * SECOND)).hasSize(1);
    assertThat(Outcomes.pending(List.of(waits), SECOND)).isEmpty();
    assertThat(Outcomes.pending(List.of(waits, event(3, 5, 0, What.KILLED, "")), 2 * SECOND))
        .isEmpty();
    assertThat(Outcomes.pending(List.of(waits, event(3, 5, 1, What.GRANTED, "")), 2 * SECOND))
        .isEmpty();
  }

  @Test
  void whoWaitsWithoutLimitMustBeGrantedWhenAllIsHealed() {
    Event waits = event(1, 5, 1, What.ACQUIRE, "MUTEX WAIT");
    Event limited = event(1, 5, 1, What.ACQUIRE, "MUTEX WAIT 3000 ms");
    Event busy = event(20, 5, 1, What.BUSY, "");
    Event failed = event(20, 5, 1, What.FAILED, "StoreUnreachableException: x");
    assertThat(pending(waits, busy)).hasSize(1);
    assertThat(pending(waits, failed)).hasSize(1);
    assertThat(pending(limited, busy)).isEmpty();
    assertThat(pending(waits, event(20, 5, 1, What.BUSY, Outcomes.INTERRUPTED))).isEmpty();
    assertThat(pending(waits, event(3, 5, 1, What.FAILED, failed.note()))).isEmpty();
  }

  private static List<String> pending(Event... events) {
    return Outcomes.pending(List.of(events), 2 * SECOND);
  }

  @Test
  void aResourceThatAnswersHalfOfTheWritesIsSlowAndNotGone() {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      events.add(event(10, 5, i, What.WRITE, ""));
      events.add(event(13, 5, i, What.UNANSWERED, ""));
    }
    List<Event> slow = new ArrayList<>(events);
    for (int i = 6; i < 10; i++) {
      slow.add(event(10, 5, i, What.WRITE, ""));
    }
    assertThat(Outcomes.unanswered(slow)).isEmpty();
    assertThat(Outcomes.unanswered(events)).singleElement().asString().contains("6 of 6 writes");
    assertThat(Outcomes.unanswered(withFault("pause: x", 9, 12, events.toArray(new Event[0]))))
        .isEmpty();
  }

  @Test
  void refusalsCountUnlessTheDiskWasReadOnlyAtThatTime() {
    Event refused = event(50, 5, 1, What.FAILED, "StoreRefusedException: no rights");
    assertThat(Outcomes.refusals(List.of(refused))).hasSize(1);
    assertThat(Outcomes.exceptions(List.of(refused))).isEqualTo(Map.of("StoreRefusedException", 1));
    assertThat(Outcomes.refusals(withFault("read-only: for 9 ms", 40, 49, refused))).isEmpty();
    assertThat(Outcomes.refusals(withFault("disk-full: for 9 ms", 40, 60, refused))).isEmpty();
    assertThat(Outcomes.refusals(withFault("read-only: for 9 ms", 30, 40, refused))).hasSize(1);
    assertThat(Outcomes.refusals(withFault("read-only: for 9 ms", 51, 60, refused))).hasSize(1);
    assertThat(Outcomes.refusals(withFault("kill: worker 1", 40, 60, refused))).hasSize(1);
  }

  private static List<Event> withFault(String note, long from, long to, Event... others) {
    List<Event> events = new ArrayList<>(List.of(others));
    events.add(event(from, 0, 0, What.FAULT, note));
    events.add(event(to, 0, 0, What.HEALED, note));
    return events;
  }
}
