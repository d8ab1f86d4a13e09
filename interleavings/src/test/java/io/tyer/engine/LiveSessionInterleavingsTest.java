package io.tyer.engine;

import io.tyer.spi.StoreSession;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** S1: once it is over it is never proved again, whoever sees that first, whatever comes late. */
@Tag("full")
class LiveSessionInterleavingsTest {

  private static final Duration TTL = Duration.ofSeconds(10);
  private static final Duration MARGIN = Duration.ofSeconds(5);
  private static final long LIFE = TTL.minus(MARGIN).toNanos();
  private static final long STEP = LIFE * 2 / 5;

  @Test
  void inEveryOrder() {
    Checking.everyOrder(Real.class, Model.class, 40, 100);
  }

  @Test
  void underStress() {
    Checking.underStress(Real.class, Model.class, 20, 300);
  }

  /** The session, and a clock that is set forward by hand. */
  @Param(name = "ago", gen = IntGen.class, conf = "0:2")
  public static class Real {
    private final Still clock = new Still();
    private final LiveSession session =
        new LiveSession(clock, EngineSettings.ofTtl(TTL).withMargin(MARGIN), 1);
    private final LiveSession.Sent first = session.now();

    public Real() {
      session.opened(store(), first);
    }

    private static StoreSession store() {
      return (StoreSession)
          Proxy.newProxyInstance(
              Real.class.getClassLoader(),
              new Class<?>[] {StoreSession.class},
              (proxy, method, arguments) -> {
                if (method.isDefault()) {
                  return InvocationHandler.invokeDefault(proxy, method, arguments);
                }
                throw new UnsupportedOperationException(method.getName());
              });
    }

    @Operation
    public void advance() {
      clock.advance(STEP);
    }

    /** An answer to a beat that was sent so many steps after the beginning. */
    @Operation
    public boolean acknowledged(@Param(name = "ago") int steps) {
      return session.acknowledged(
          new LiveSession.Sent(first.nanos() + steps * STEP, first.wallAheadMillis()));
    }

    @Operation
    public boolean proved() {
      return session.proved();
    }

    @Operation
    public boolean over() {
      return session.over();
    }

    @Operation
    public void end() {
      session.end();
    }
  }

  /** One thread's view of it. */
  public static class Model {
    private long now;
    private long until = LIFE;
    private boolean ended;

    public void advance() {
      now += STEP;
    }

    public boolean acknowledged(int steps) {
      if (over()) {
        return false;
      }
      until = Math.max(until, steps * STEP + LIFE);
      return true;
    }

    public boolean proved() {
      return !over();
    }

    public boolean over() {
      ended |= now >= until;
      return ended;
    }

    public void end() {
      ended = true;
    }
  }
}
