package io.tyer.engine;

import io.tyer.spi.Cancellable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A timer that is set anew and cancelled by a state, and armed by its shell later, outside the
 * lock. Each setting has a stamp: what is late for a newer one comes to nothing.
 */
final class Alarm {

  /** What the shell has armed for a stamp; null if that was a cancellation. */
  private record Armed(int stamp, @Nullable Cancellable timer) {}

  private int stamp;
  private boolean set;
  private final AtomicReference<@Nullable Armed> armed = new AtomicReference<>();

  // ---- the state's side

  /** A new setting, in place of the former one. */
  int set() {
    set = true;
    return ++stamp;
  }

  /** Whether it was set, so that the shell must cancel it: by the next stamp. */
  boolean cancel() {
    boolean wasSet = set;
    if (wasSet) {
      set = false;
      stamp++;
    }
    return wasSet;
  }

  int stamp() {
    return stamp;
  }

  /** Whether the setting of this stamp is the last one; it has rung then. */
  boolean rings(int ofStamp) {
    boolean rings = set && stamp == ofStamp;
    if (rings) {
      set = false;
    }
    return rings;
  }

  // ---- the shell's side

  /** A timer runs for this stamp; null if it was cancelled. */
  void arm(int ofStamp, @Nullable Cancellable timer) {
    Armed mine = new Armed(ofStamp, timer);
    while (true) {
      Armed known = armed.get();
      if (known != null && known.stamp - ofStamp > 0) {
        cancel(mine);
        return;
      }
      if (armed.compareAndSet(known, mine)) {
        cancel(known);
        return;
      }
    }
  }

  private static void cancel(@Nullable Armed of) {
    if (of != null && of.timer != null) {
      of.timer.cancel();
    }
  }
}
