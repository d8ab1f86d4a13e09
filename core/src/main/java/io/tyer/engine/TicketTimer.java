package io.tyer.engine;

import io.tyer.line.RequestId;
import org.jspecify.annotations.Nullable;

/** The one timer of a ticket: what it stands for depends on the phase. */
final class TicketTimer {

  private @Nullable Alarm alarm;

  private Alarm alarm() {
    if (alarm == null) {
      alarm = new Alarm();
    }
    return alarm;
  }

  void ringAfter(long nanos, Event event, Step step) {
    Alarm set = alarm();
    step.emit(new Effect.SetAlarm(set, set.set(), nanos, event));
  }

  void checkLater(RequestId ticket, long intervalNanos, long askedNanos, Step step) {
    Alarm set = alarm();
    step.emit(new Effect.CheckLater(set, set.set(), ticket, intervalNanos, askedNanos));
  }

  void cancel(Step step) {
    if (alarm != null && alarm.cancel()) {
      step.emit(new Effect.CancelAlarm(alarm, alarm.stamp()));
    }
  }
}
