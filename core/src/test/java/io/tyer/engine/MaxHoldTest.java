package io.tyer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.store.memory.MemoryLineStore;
import io.tyer.surroundings.SystemSurroundings;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a lease has been held for its longest time, to the nanosecond. */
class MaxHoldTest {

  private final SystemSurroundings real = new SystemSurroundings(null);
  private final HandClock clock = new HandClock(real);
  private final AtomicInteger over = new AtomicInteger();
  private final MaxHold hold =
      new MaxHold(
          new StorePort(
              new MemoryLineStore("memory:hold", real, Duration.ofMillis(100), 0),
              clock,
              EngineSettings.ofTtl(Duration.ofSeconds(15)),
              TyerListeners.NONE),
          chain -> over.incrementAndGet());

  @BeforeEach
  void begin() {
    hold.begin(100);
  }

  @AfterEach
  void close() {
    real.close();
  }

  @Test
  void itEndsOnce() {
    clock.advance(99);
    assertThat(over).hasValue(0);
    clock.advance(1);
    assertThat(over).hasValue(1);
    clock.advance(1_000);
    assertThat(over).hasValue(1);
    assertThat(clock.timers()).isZero();
  }

  @Test
  void itIsPutOffFromNowOn() {
    clock.advance(60);
    assertThat(hold.extend(100)).isTrue();
    clock.advance(99);
    assertThat(over).hasValue(0);
    clock.advance(1);
    assertThat(over).hasValue(1);
  }

  @Test
  void howeverOftenItIsPutOffThereIsOneTimer() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(hold.extend(100)).isTrue();
      clock.advance(50);
      assertThat(clock.timers()).isOne();
    }
    assertThat(over).hasValue(0);
    clock.advance(50);
    assertThat(over).hasValue(1);
  }

  @Test
  void itIsNeverShortened() {
    assertThat(hold.extend(10)).isTrue();
    clock.advance(99);
    assertThat(over).hasValue(0);
    assertThat(hold.extend(1)).isTrue();
    clock.advance(1);
    assertThat(over).hasValue(1);
  }

  @Test
  void whatIsOverIsNotPutOff() {
    clock.advance(100);
    assertThat(hold.extend(100)).isFalse();
    assertThat(clock.timers()).isZero();
  }

  @Test
  void whatIsCancelledDoesNotEndAndIsNotPutOff() {
    hold.cancel();
    assertThat(clock.timers()).isZero();
    assertThat(hold.extend(100)).isFalse();
    clock.advance(1_000);
    assertThat(over).hasValue(0);
  }

  @Test
  void forEverIsLong() {
    assertThat(hold.extend(Nanos.LONGEST)).isTrue();
    clock.advance(Nanos.LONGEST - 1);
    assertThat(over).hasValue(0);
  }
}
