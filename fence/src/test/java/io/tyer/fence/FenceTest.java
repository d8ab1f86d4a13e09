package io.tyer.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Lease;
import io.tyer.Tyer;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class FenceTest {

  private final Fence fence = new Fence("printer");

  @Test
  void aSmallerTokenIsRefusedAndTheSameIsNot() {
    assertThat(fence.newest()).isEmpty();
    fence.check(7);
    fence.check(7);
    fence.check(9);
    assertThatThrownBy(() -> fence.check(8))
        .isInstanceOfSatisfying(
            StaleTokenException.class,
            stale -> {
              assertThat(stale.resource()).isEqualTo("printer");
              assertThat(stale.token()).isEqualTo(8);
              assertThat(stale.newest()).hasValue(9);
              assertThat(stale).hasMessage("token 8 is stale: printer has seen token 9 since");
            });
    assertThat(fence.newest()).hasValue(9);
  }

  @Test
  void aRefusedActionIsNotBegun() {
    fence.check(9);
    assertThatThrownBy(
            () ->
                fence.call(
                    8,
                    () -> {
                      throw new AssertionError("begun");
                    }))
        .isInstanceOf(StaleTokenException.class);
  }

  @Test
  void anActionThatFailsHasShownItsToken() {
    assertThatThrownBy(
            () ->
                fence.call(
                    9,
                    () -> {
                      throw new IOException("no paper");
                    }))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> fence.check(8)).isInstanceOf(StaleTokenException.class);
  }

  @Test
  void whatASmallerTokenHasBegunIsOverBeforeALargerOneIsTaken() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicReference<String> last = new AtomicReference<>("nobody");
    Thread slow =
        new Thread(
            () ->
                fence.run(
                    5,
                    () -> {
                      begun.countDown();
                      awaitQuietly(goOn);
                      last.set("five");
                    }));
    slow.start();
    assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
    Thread next = new Thread(() -> fence.run(6, () -> last.set(last.get() + ", six")));
    next.start();
    next.join(200);
    assertThat(next.isAlive()).isTrue();
    goOn.countDown();
    slow.join();
    next.join();
    assertThat(last).hasValue("five, six");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anActionLetsNoLargerTokenInBeforeItHasEnded() {
    fence.run(
        5,
        () -> {
          fence.check(5);
          fence.run(5, () -> assertThat(fence.newest()).hasValue(5));
          assertThatThrownBy(() -> fence.check(6)).isInstanceOf(IllegalStateException.class);
          assertThatThrownBy(() -> fence.check(4)).isInstanceOf(StaleTokenException.class);
        });
    assertThat(fence.newest()).hasValue(5);
    fence.check(6);
  }

  @Test
  void aFenceGoesOnFromWhatWasSeenBefore() {
    Fence again = new Fence("printer", 9);
    assertThat(again.newest()).hasValue(9);
    assertThatThrownBy(() -> again.check(8)).isInstanceOf(StaleTokenException.class);
    again.check(9);
  }

  @Test
  void whatIsNoTokenIsRefused() {
    assertThatThrownBy(() -> fence.check(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Lease.token()");
    assertThatThrownBy(() -> new Fence("printer", -1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theTokensOfLeasesGrowAndAClosedLeaseIsRefused() throws Exception {
    try (Tyer tyer = Tyer.open("memory:fences")) {
      Lease first = tyer.lock("printer").acquire();
      assertThat(fence.<Long, RuntimeException>call(first, first::token))
          .isEqualTo(fence.newest().orElseThrow());
      long old = first.token();
      first.close();
      try (Lease second = tyer.lock("printer").acquire()) {
        fence.run(second, () -> assertThat(second.isValid()).isTrue());
        assertThatThrownBy(() -> fence.check(old)).isInstanceOf(StaleTokenException.class);
      }
      assertThatThrownBy(() -> fence.call(first, () -> "printed"))
          .isInstanceOf(IllegalStateException.class);
    }
  }
}
