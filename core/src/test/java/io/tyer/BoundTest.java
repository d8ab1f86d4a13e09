package io.tyer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A lease ends with what it is bound to, and what it is bound to is cancelled with the lease. */
@Timeout(180)
class BoundTest {

  private final MemoryClients clients = new MemoryClients();
  private final Tyer one = clients.open("ttl=1s");
  private final Tyer two = clients.open();
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final List<LossCause> told = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    clients.close();
  }

  private void awaitCancelled(CompletableFuture<?> bound) {
    Await.until("cancelled", bound::isCancelled);
  }

  private void assertTheNextIsGrantedOnceItIsTold(Lease lease, String name) throws Exception {
    try (Lease next = two.lock(name).acquire()) {
      assertThat(told).containsExactly(LossCause.MOVED_ON);
      assertThat(lease.isValid()).isFalse();
      assertThat(next.isValid()).isTrue();
    }
    lease.close();
  }

  @Test
  void itIsLostAndGivenBack() throws Exception {
    Lease lease = one.lock("a").acquire().boundTo(end).onLost(told::add);
    assertThat(lease.isValid()).isTrue();
    end.complete(null);
    assertTheNextIsGrantedOnceItIsTold(lease, "a");
  }

  @Test
  void alsoByAFailure() throws Exception {
    Lease lease = one.lock("a").acquire().boundTo(end).onLost(told::add);
    end.completeExceptionally(new IllegalStateException("not watched any more"));
    assertTheNextIsGrantedOnceItIsTold(lease, "a");
  }

  @Test
  void alsoByWhatHasEndedBefore() throws Exception {
    end.complete(null);
    Lease lease = one.lock("a").acquire().onLost(told::add).boundTo(end);
    assertTheNextIsGrantedOnceItIsTold(lease, "a");
  }

  @Test
  void theFirstOfSeveralEndsItAndTheOthersAreCancelled() throws Exception {
    CompletableFuture<Void> other = new CompletableFuture<>();
    Lease lease = one.lock("a").acquire().boundTo(other).boundTo(end).onLost(told::add);
    end.complete(null);
    assertTheNextIsGrantedOnceItIsTold(lease, "a");
    awaitCancelled(other);
  }

  @Test
  void whatItIsBoundToIsCancelledWhenItIsClosed() throws Exception {
    Lease lease = one.lock("a").acquire().boundTo(end).onLost(told::add);
    lease.close();
    awaitCancelled(end);
    CompletableFuture<Void> late = new CompletableFuture<>();
    lease.boundTo(late);
    awaitCancelled(late);
    assertThat(told).isEmpty();
  }

  @Test
  void whatItIsBoundToIsCancelledWhenItIsLost() throws Exception {
    Lease lease = one.lock("a").acquire().boundTo(end).onLost(told::add);
    assertThat(two.operator().removeNow("a", OptionalLong.empty())).isOne();
    awaitCancelled(end);
    lease.close();
    assertThat(told).containsExactly(LossCause.REMOVED);
  }

  @Test
  void allLocksOfOneLeaseAreLostAndToldOnce() throws Exception {
    Lease both = one.all(one.lock("a"), one.lock("b")).acquire().boundTo(end).onLost(told::add);
    end.complete(null);
    try (Lease a = two.lock("a").acquire();
        Lease b = two.lock("b").acquire()) {
      assertThat(told).containsExactly(LossCause.MOVED_ON);
      assertThat(both.isValid()).isFalse();
      assertThat(a.isValid() && b.isValid()).isTrue();
    }
    both.close();
  }

  @Test
  void whatSeveralAreBoundToIsCancelledWhenTheyAreClosed() throws Exception {
    Lease both = one.all(one.lock("a"), one.lock("b")).acquire().boundTo(end).onLost(told::add);
    both.close();
    awaitCancelled(end);
    assertThat(told).isEmpty();
  }

  /** The ticket that the lease was under stays here, and serves the next one. */
  @Test
  void underBiasTheTicketIsKeptForTheNextLease() throws Exception {
    Tyer keeper = clients.open("ttl=1s&bias=true");
    keeper.lock("a").acquire().close();
    Lease lease = keeper.lock("a").acquire().boundTo(end).onLost(told::add);
    long token = lease.token();
    end.complete(null);
    Await.until("told", () -> !told.isEmpty());
    assertThat(lease.isValid()).isFalse();
    try (Lease next = keeper.lock("a").acquire()) {
      assertThat(next.isValid()).isTrue();
      assertThat(next.token()).isGreaterThan(token);
      assertThat(two.lock("a").tryAcquire().isEmpty()).isTrue();
    }
    lease.close();
    assertThat(told).containsExactly(LossCause.MOVED_ON);
  }
}
