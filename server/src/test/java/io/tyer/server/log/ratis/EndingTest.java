package io.tyer.server.log.ratis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class EndingTest {

  private static final Duration LONG = Duration.ofDays(1);

  @Test
  void anEngineThatHangsIsNotWaitedForAnyLonger() {
    CountDownLatch never = new CountDownLatch(1);
    Ending ending = new Ending(() -> assertThat(forEver(never)).isTrue(), Duration.ofMillis(50));
    ending.await();
    ending.await();
    never.countDown();
  }

  @Test
  void whoeverWaitsReturnsWhenItHasEndedOnce() throws Exception {
    AtomicInteger closed = new AtomicInteger();
    CountDownLatch may = new CountDownLatch(1);
    Ending ending =
        new Ending(
            () -> {
              assertThat(forEver(may)).isTrue();
              closed.incrementAndGet();
            },
            LONG);
    CompletableFuture<Void> one = CompletableFuture.runAsync(ending::await);
    CompletableFuture<Void> other = CompletableFuture.runAsync(ending::await);
    assertThat(one.isDone() || other.isDone()).isFalse();
    may.countDown();
    CompletableFuture.allOf(one, other).get(60, TimeUnit.SECONDS);
    assertThat(closed).hasValue(1);
  }

  @Test
  void oneThatFailsHasEnded() {
    new Ending(
            () -> {
              throw new IOException("for the test's sake");
            },
            LONG)
        .await();
  }

  private static boolean forEver(CountDownLatch latch) {
    try {
      return latch.await(1, TimeUnit.DAYS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
