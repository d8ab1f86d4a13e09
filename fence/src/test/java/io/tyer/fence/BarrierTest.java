package io.tyer.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BarrierTest {

  private static final Duration LONG = Duration.ofSeconds(50);
  private static final int ROUNDS = 20;

  private final MemoryVersioned<String> value = new MemoryVersioned<>("barrier", Codec.text());
  private final Barrier barrier = new Barrier(value, 3);

  @TempDir Path directory;

  /** In files, each party with an object of its own, as processes have. */
  @Test
  void nobodyIsARoundAhead() throws Exception {
    Path file = directory.resolve("barrier");
    AtomicInteger[] done = {new AtomicInteger(), new AtomicInteger(), new AtomicInteger()};
    CompletableFuture<?>[] parties = new CompletableFuture<?>[done.length];
    for (int i = 0; i < parties.length; i++) {
      Barrier own = new Barrier(new FileVersioned<>(file, Codec.text()), parties.length);
      AtomicInteger mine = done[i];
      parties[i] =
          Background.run(
              () -> {
                for (int round = 1; round <= ROUNDS; round++) {
                  mine.set(round);
                  assertThat(own.await(LONG)).isTrue();
                  for (AtomicInteger other : done) {
                    assertThat(other).hasValueGreaterThanOrEqualTo(round);
                  }
                }
              });
    }
    CompletableFuture.allOf(parties).get(55, TimeUnit.SECONDS);
    assertThat(new Barrier(new FileVersioned<>(file, Codec.text()), 3).waiting()).isZero();
  }

  @Test
  void whoGivesUpHasNotCome() throws Exception {
    assertThat(barrier.await(Duration.ofMillis(20))).isFalse();
    assertThat(barrier.waiting()).isZero();
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    CompletableFuture<Void> interrupted =
        Background.run(
            () -> {
              thread.complete(Thread.currentThread());
              boolean unused = barrier.await(LONG);
            });
    assertThat(value.awaitUntil(now -> now.orElse("").contains(": 1 of"), LONG)).isTrue();
    thread.get(30, TimeUnit.SECONDS).interrupt();
    assertThatThrownBy(() -> interrupted.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(barrier.waiting()).isZero();
  }

  @Test
  void whoWaitsGoesOnWhenItBeginsAnew() throws Exception {
    AtomicBoolean all = new AtomicBoolean();
    CompletableFuture<Void> waiter = Background.run(() -> all.set(barrier.await(LONG)));
    assertThat(value.awaitUntil(now -> now.orElse("").contains(": 1 of"), LONG)).isTrue();
    barrier.reset();
    waiter.get(50, TimeUnit.SECONDS);
    assertThat(all).isTrue();
    assertThat(barrier.waiting()).isZero();
  }

  @Test
  void oneNumberOfPartiesIsForAll() throws Exception {
    assertThat(new Barrier(value, 1).await(Duration.ZERO)).isTrue();
    assertThatThrownBy(() -> barrier.await(LONG))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("for 1 parties to others, and for 3 here");
    value.update(now -> "else");
    assertThatThrownBy(barrier::waiting).hasMessageContaining("holds no barrier");
    assertThatThrownBy(() -> new Barrier(value, 0)).hasMessageContaining("1 or more, not for 0");
  }
}
