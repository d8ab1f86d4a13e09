package io.tyer.store.memory;

import io.tyer.engine.Checking;
import io.tyer.engine.Still;
import io.tyer.line.SessionId;
import io.tyer.spi.Bearers;
import io.tyer.spi.BeatAnswer;
import io.tyer.spi.Reply;
import io.tyer.spi.SessionEvents;
import io.tyer.spi.StoreException;
import java.time.Duration;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A session's death is decided once, among beats, whoever finds it late, and who ends it. */
@Tag("full")
class MemorySessionInterleavingsTest {

  private static final long TTL = 1_000_000_000;
  private static final long STEP = TTL * 2 / 5;

  @Test
  void inEveryOrder() {
    Checking.everyOrder(Real.class, Model.class, 25, 100);
  }

  @Test
  void underStress() {
    Checking.underStress(Real.class, Model.class, 20, 300);
  }

  /** The session, and a clock that is set forward by hand. */
  public static class Real {
    private final Still clock = new Still();
    private final MemorySession session =
        new MemorySession(
            new MemoryLineStore("memory:x", clock, Duration.ofSeconds(1), 0),
            new SessionId(1, 2),
            SessionEvents.none(),
            TTL);

    @Operation
    public void advance() {
      clock.advance(STEP);
    }

    @Operation
    public boolean beat() {
      boolean[] alive = new boolean[1];
      session.beat(
          Bearers.none(),
          new Reply<BeatAnswer>() {
            @Override
            public void done(BeatAnswer value) {
              alive[0] = true;
            }

            @Override
            public void failed(StoreException failure) {}
          });
      return alive[0];
    }

    @Operation
    public boolean expired() {
      return session.expired();
    }

    @Operation
    public boolean kill() {
      return session.kill();
    }

    @Operation
    public boolean dead() {
      return session.dead();
    }
  }

  /** One thread's view of it. */
  public static class Model {
    private long now;
    private long deadline = TTL;
    private boolean dead;

    public void advance() {
      now += STEP;
    }

    public boolean beat() {
      if (expired()) {
        return false;
      }
      deadline = now + TTL;
      return true;
    }

    public boolean expired() {
      dead |= now >= deadline;
      return dead;
    }

    public boolean kill() {
      boolean first = !dead;
      dead = true;
      return first;
    }

    public boolean dead() {
      return dead;
    }
  }
}
