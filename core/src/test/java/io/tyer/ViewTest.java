package io.tyer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class ViewTest {

  private final MemoryClients clients = new MemoryClients();
  private final Tyer one = clients.open();
  private final Tyer two = clients.open();

  @AfterEach
  void close() {
    clients.close();
  }

  @Test
  void aLockIsSeenByItself() throws InterruptedException {
    assertThat(one.lock("a").view()).isEqualTo(new LockView("a", List.of()));
    try (Lease stranger = two.lock("a/b").acquire();
        Lease held = two.lock("a").labelled("me").acquire()) {
      CompletableFuture<Lease> waiting = one.readWriteLock("a").readLock().acquireAsync();
      Await.until("in line", () -> one.lock("a").view().line().size() == 2);
      LockView view = one.semaphore("a", 3).view();
      assertThat(view).isEqualTo(one.readWriteLock("a").view());
      assertThat(view.name()).isEqualTo("a");
      assertThat(view.line().get(0).granted()).isTrue();
      assertThat(view.line().get(0).owner()).isEqualTo("me");
      assertThat(view.line().get(1).granted()).isFalse();
      assertThat(waiting.cancel(false)).isTrue();
      assertThat(stranger.isValid() && held.isValid()).isTrue();
    }
    one.close();
    assertThatThrownBy(() -> one.lock("a").view()).isInstanceOf(TyerClosedException.class);
  }

  @Test
  void anInterruptDoesNotEndAnUninterruptibleTry() throws InterruptedException {
    Thread.currentThread().interrupt();
    try (OptionalLease lease = one.lock("a").tryAcquireUninterruptibly()) {
      assertThat(lease.isPresent()).isTrue();
      assertThat(two.lock("a").tryAcquireUninterruptibly().isEmpty()).isTrue();
      assertThat(two.lock("a").tryAcquireUninterruptibly(Duration.ofMillis(50)).isEmpty()).isTrue();
    }
    assertThat(Thread.interrupted()).isTrue();
  }
}
