package io.tyer.engine;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What waits for the last enter to come in runs once, when it has; late answers count no more. */
@Tag("full")
class EntersInFlightInterleavingsTest {

  @Test
  void inEveryOrder() {
    Checking.everyOrder(Real.class, Model.class, 15, 100);
  }

  /** Two enters that have been sent, each of which may be answered, and answered late again. */
  public static class Real {
    private final EntersInFlight enters = new EntersInFlight();
    private final AtomicBoolean one = new AtomicBoolean();
    private final AtomicBoolean other = new AtomicBoolean();
    private final AtomicInteger ran = new AtomicInteger();

    public Real() {
      enters.sent();
      enters.sent();
    }

    @Operation
    public void answerOne() {
      enters.finished(one);
    }

    @Operation
    public void failOne() {
      enters.finished(one);
    }

    @Operation
    public void answerOther() {
      enters.finished(other);
    }

    @Operation
    public void whenNone() {
      enters.whenNone(ran::incrementAndGet);
    }

    @Operation
    public int ran() {
      return ran.get();
    }
  }

  /** One thread's view of it. */
  public static class Model {
    private boolean one = true;
    private boolean other = true;
    private int waiting;
    private int ran;

    public void answerOne() {
      one = false;
      runIfNone();
    }

    public void failOne() {
      answerOne();
    }

    public void answerOther() {
      other = false;
      runIfNone();
    }

    public void whenNone() {
      waiting++;
      runIfNone();
    }

    public int ran() {
      return ran;
    }

    private void runIfNone() {
      if (!one && !other) {
        ran += waiting;
        waiting = 0;
      }
    }
  }
}
