package io.tyer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.spi.Cancellable;
import io.tyer.spi.Moment;
import io.tyer.spi.StoreSession;
import io.tyer.spi.Surroundings;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** S1 by a hand-driven clock: TTL 10 s, margin 1 s. */
class LiveSessionTest {

  private final HandClock clock = new HandClock();
  private final LiveSession session =
      new LiveSession(clock, EngineSettings.ofTtl(Duration.ofSeconds(10)), 1);

  private void open() {
    session.opened(store(), session.now());
  }

  private static StoreSession store() {
    return (StoreSession)
        Proxy.newProxyInstance(
            LiveSessionTest.class.getClassLoader(),
            new Class<?>[] {StoreSession.class},
            (proxy, method, arguments) -> {
              if (method.isDefault()) {
                return InvocationHandler.invokeDefault(proxy, method, arguments);
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }

  @Test
  void isProvedUntilTtlMinusMarginAfterSending() {
    assertThat(session.proved()).isFalse();
    open();
    clock.advance(Duration.ofMillis(8_999));
    assertThat(session.proved()).isTrue();
    clock.advance(Duration.ofMillis(1));
    assertThat(session.proved()).isFalse();
    assertThat(session.over()).isTrue();
  }

  @Test
  void countsFromWhenTheBeatWasSentNotFromItsReply() {
    open();
    LiveSession.Sent sent = session.now();
    clock.advance(Duration.ofSeconds(8));
    assertThat(session.acknowledged(sent)).isTrue();
    assertThat(session.remainingNanos()).isEqualTo(Duration.ofSeconds(1).toNanos());
  }

  @Test
  void anAcknowledgementAfterTheDeadlineRevivesNothing() {
    open();
    clock.advance(Duration.ofSeconds(8));
    LiveSession.Sent sent = session.now();
    clock.advance(Duration.ofSeconds(2));
    assertThat(session.acknowledged(sent)).isFalse();
    assertThat(session.proved()).isFalse();
  }

  @Test
  void anOvertakenAcknowledgementShortensNothing() {
    open();
    LiveSession.Sent early = session.now();
    clock.advance(Duration.ofSeconds(3));
    assertThat(session.acknowledged(session.now())).isTrue();
    assertThat(session.acknowledged(early)).isTrue();
    assertThat(session.remainingNanos()).isEqualTo(Duration.ofSeconds(9).toNanos());
  }

  @Test
  void whatProvedLessCountsFromItsOwnMoment() {
    open();
    clock.advance(Duration.ofSeconds(4));
    Moment proved = Moment.now(clock);
    clock.advance(Duration.ofSeconds(4));
    assertThat(session.acknowledged(session.now().noLaterThan(proved))).isTrue();
    assertThat(session.remainingNanos()).isEqualTo(Duration.ofSeconds(5).toNanos());
    Moment later = new Moment(clock.nanoTime() + 1, clock.wallMillis());
    assertThat(session.now().noLaterThan(later)).isEqualTo(session.now());
  }

  @Test
  void whatProvedItBeforeASuspensionLeavesItUnproved() {
    open();
    clock.advance(Duration.ofSeconds(1));
    Moment proved = Moment.now(clock);
    clock.wallMillis += 501;
    assertThat(session.acknowledged(session.now().noLaterThan(proved))).isTrue();
    assertThat(session.proved()).isFalse();
    assertThat(session.suspended()).isTrue();
  }

  @Test
  void aSuspensionLeavesItUnprovedUntilTheNextBeat() {
    open();
    clock.wallMillis += 501;
    assertThat(session.proved()).isFalse();
    assertThat(session.suspended()).isTrue();
    assertThat(session.over()).isFalse();
    assertThat(session.acknowledged(session.now())).isTrue();
    clock.advance(Duration.ofMillis(1));
    assertThat(session.acknowledged(session.now())).isTrue();
    assertThat(session.proved()).isTrue();
  }

  @Test
  void aClockSetBackwardsChangesNothing() {
    open();
    clock.wallMillis -= 3_600_000;
    assertThat(session.proved()).isTrue();
  }

  private static final class HandClock implements Surroundings {
    private long nanos = 1_000_000_000;
    private long wallMillis = 1_800_000_000_000L;

    void advance(Duration by) {
      nanos += by.toNanos();
      wallMillis += by.toMillis();
    }

    @Override
    public long nanoTime() {
      return nanos;
    }

    @Override
    public long wallMillis() {
      return wallMillis;
    }

    @Override
    public Cancellable schedule(long delayNanos, Runnable task) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long nextLong() {
      return 42;
    }

    @Override
    public void nextSecret(byte[] target) {}

    @Override
    public Executor io() {
      return Runnable::run;
    }

    @Override
    public Executor callbacks() {
      return Runnable::run;
    }

    @Override
    public void startThread(String purpose, Runnable task) {
      task.run();
    }
  }
}
