package io.tyer.fence;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.Lease;
import io.tyer.LossCause;
import io.tyer.Tyer;
import io.tyer.fence.Versioned.Entry;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A lease that is taken for a version ends when that has moved on. */
@Timeout(60)
class BoundLeaseTest {

  private final Versioned<String> plans = new MemoryVersioned<>("plan", Codec.text());
  private final String store = "memory:" + UUID.randomUUID();
  private final Tyer one = Tyer.open(store + "?ttl=1s");
  private final Tyer two = Tyer.open(store);

  @AfterEach
  void close() {
    one.close();
    two.close();
  }

  @Test
  void itIsToldBeforeTheNextGrant() throws Exception {
    Entry<String> plan = plans.update(now -> "first");
    List<LossCause> told = new CopyOnWriteArrayList<>();
    Lease lease = one.lock("a").acquire().boundTo(plans.whenMovedOn(plan.version()));
    lease.onLost(told::add);
    CompletableFuture<Lease> next = two.lock("a").acquireAsync();
    assertThat(lease.isValid()).isTrue();
    plans.update(now -> "second");
    try (Lease theirs = next.get(50, TimeUnit.SECONDS)) {
      assertThat(told).containsExactly(LossCause.MOVED_ON);
      assertThat(lease.isValid()).isFalse();
      assertThat(theirs.isValid()).isTrue();
    }
    lease.close();
  }

  @Test
  void oneThatIsTakenTooLateIsLostAtOnce() throws Exception {
    Entry<String> plan = plans.update(now -> "first");
    plans.update(now -> "second");
    CompletableFuture<LossCause> told = new CompletableFuture<>();
    Lease lease = one.lock("a").acquire().boundTo(plans.whenMovedOn(plan.version()));
    lease.onLost(told::complete);
    assertThat(told.get(50, TimeUnit.SECONDS)).isEqualTo(LossCause.MOVED_ON);
    lease.close();
  }

  @Test
  void whenItIsClosedNobodyWatches() throws Exception {
    Entry<String> plan = plans.update(now -> "first");
    CompletableFuture<Void> movedOn = plans.whenMovedOn(plan.version());
    one.lock("a").acquire().boundTo(movedOn).close();
    CompletableFuture<Boolean> cancelled = movedOn.handle((done, failure) -> movedOn.isCancelled());
    assertThat(cancelled.get(50, TimeUnit.SECONDS)).isTrue();
  }
}
