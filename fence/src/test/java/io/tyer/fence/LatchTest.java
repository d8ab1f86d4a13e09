package io.tyer.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LatchTest {

  private static final Duration LONG = Duration.ofSeconds(50);

  private final MemoryVersioned<String> value = new MemoryVersioned<>("latch", Codec.text());
  private final Latch latch = new Latch(value);

  @Test
  void whoWaitsGoesOnWhenNothingIsLeft() throws Exception {
    assertThat(latch.set(2)).isTrue();
    AtomicBoolean open = new AtomicBoolean();
    CompletableFuture<Void> waiter = Background.run(() -> open.set(new Latch(value).await(LONG)));
    assertThat(latch.countDown()).isOne();
    assertThat(latch.await(Duration.ofMillis(20))).isFalse();
    assertThat(waiter).isNotDone();
    assertThat(latch.countDown()).isZero();
    waiter.get(50, TimeUnit.SECONDS);
    assertThat(open).isTrue();
  }

  @Test
  void itIsClosedUntilItIsSet() throws Exception {
    assertThat(latch.count()).isEmpty();
    assertThat(latch.await(Duration.ZERO)).isFalse();
    assertThatThrownBy(latch::countDown)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("latch latch is not set");
    AtomicBoolean open = new AtomicBoolean();
    CompletableFuture<Void> waiter = Background.run(() -> open.set(latch.await(LONG)));
    assertThat(latch.set(1)).isTrue();
    assertThat(waiter).isNotDone();
    latch.countDown();
    waiter.get(50, TimeUnit.SECONDS);
    assertThat(open).isTrue();
  }

  @Test
  void itIsSetAgainOnlyWhenNothingIsLeft() throws Exception {
    assertThat(latch.set(1)).isTrue();
    assertThat(latch.set(5)).isFalse();
    assertThat(latch.countDown()).isZero();
    assertThat(latch.countDown()).isZero();
    assertThat(latch.set(5)).isTrue();
    assertThat(latch.count()).isEqualTo(OptionalLong.of(5));
  }

  @Test
  void whatIsNoCountIsToldAndLeftAlone() throws Exception {
    assertThatThrownBy(() -> latch.set(0)).hasMessageContaining("1 or more, not to 0");
    for (String text : new String[] {"", "-1", "round 0: 1 of 2"}) {
      value.update(now -> text);
      assertThatThrownBy(() -> latch.await(LONG)).hasMessageContaining("no latch's count");
      assertThatThrownBy(latch::countDown).hasMessageContaining("no latch's count");
      assertThatThrownBy(() -> latch.set(1)).hasMessageContaining("no latch's count");
      assertThat(value.read().orElseThrow().value()).isEqualTo(text);
    }
  }
}
