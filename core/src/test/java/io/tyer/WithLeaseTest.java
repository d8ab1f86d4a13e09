package io.tyer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class WithLeaseTest {

  private final MemoryClients clients = new MemoryClients();
  private final Tyer one = clients.open();
  private final Tyer two = clients.open();

  @AfterEach
  void close() {
    clients.close();
  }

  @Test
  void aTryStandsInTryWithResources() throws InterruptedException {
    List<Lease> kept = new ArrayList<>();
    try (OptionalLease lease = one.lock("a").tryAcquire()) {
      assertThat(lease.isPresent()).isTrue();
      assertThat(lease.isEmpty()).isFalse();
      assertThat(lease.orElseThrow()).isSameAs(lease.get());
      assertThat(lease.map(Lease::name)).contains("a");
      lease.ifPresent(kept::add);
      try (OptionalLease busy = two.lock("a").tryAcquire()) {
        assertThat(busy.isEmpty()).isTrue();
        assertThat(busy.asOptional()).isEmpty();
        assertThat(busy.map(Lease::name)).isEmpty();
        assertThatThrownBy(busy::get).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(busy::orElseThrow).isInstanceOf(NoSuchElementException.class);
      }
      assertThat(kept.get(0).isValid()).as("closing what is empty closes nothing").isTrue();
    }
    assertThat(kept.get(0).isValid()).isFalse();
    two.lock("a").tryAcquire().orElseThrow().close();
  }

  @Test
  void theWorkIsDoneUnderTheLockWhichIsGivenBack() throws Exception {
    String done =
        one.withLock(
            "a",
            () -> {
              assertThat(two.lock("a").tryAcquire().asOptional()).isEmpty();
              return "done";
            });
    assertThat(done).isEqualTo("done");
    assertThat(two.lock("a").withLease(Lease::token)).isPositive();
    two.lock("a").tryAcquire().orElseThrow().close();
  }

  @Test
  void whatTheWorkThrowsComesOutAndTheLockIsGivenBack() throws InterruptedException {
    IOException failure = new IOException("disk");
    assertThatThrownBy(
            () ->
                one.lock("a")
                    .withLease(
                        lease -> {
                          throw failure;
                        }))
        .isSameAs(failure);
    two.lock("a").tryAcquire().orElseThrow().close();
  }

  @Test
  void workWhoseLeaseWasLostMeanwhileHasFailed() {
    assertThatThrownBy(
            () ->
                one.lock("a")
                    .withLease(
                        lease -> {
                          assertThat(two.operator().removeNow("a", OptionalLong.empty())).isOne();
                          Await.until("lost", () -> !lease.isValid());
                          return "done";
                        }))
        .isInstanceOf(LeaseLostException.class);
  }
}
