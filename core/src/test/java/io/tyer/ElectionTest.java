package io.tyer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Election.Leader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class ElectionTest {

  private static final String NAME = "scheduler";

  private final MemoryClients clients = new MemoryClients();
  private final Tyer tyer = clients.open();
  private final Election one = tyer.election(NAME).labelled("one");
  private final Election two = clients.open().election(NAME).labelled("two");

  @AfterEach
  void close() {
    clients.close();
  }

  @Test
  void theNextLeadsWhenTheLeaderResigns() throws Exception {
    assertThat(one.leader()).isEmpty();
    Lease first = one.campaign();
    assertThat(one.leader().map(Leader::label)).contains("one");
    assertThat(two.leader().map(Leader::token)).contains(first.token());
    assertThat(two.campaign(Duration.ofMillis(20)).isEmpty()).isTrue();
    CompletableFuture<Lease> next = two.campaignAsync();
    first.close();
    try (Lease second = next.get(60, TimeUnit.SECONDS)) {
      assertThat(second.token()).isGreaterThan(first.token());
      assertThat(one.leader().map(Leader::label)).contains("two");
    }
  }

  @Test
  @SuppressWarnings("try") // the watch is held, and nothing else is done with it
  void aListenerIsToldWhoLeads() throws Exception {
    List<Optional<String>> told = new CopyOnWriteArrayList<>();
    try (LeaderWatch unused = two.onChange(leader -> told.add(leader.map(Leader::label)))) {
      Await.until("told that nobody leads", () -> told.size() == 1);
      try (Lease lease = one.campaign()) {
        assertThat(lease.isValid()).isTrue();
        Await.until("told who leads", () -> told.size() == 2);
      }
      Await.until("told that nobody leads any more", () -> told.size() == 3);
    }
    assertThat(told).containsExactly(Optional.empty(), Optional.of("one"), Optional.empty());
  }

  @Test
  @SuppressWarnings("try") // the watch is held, and nothing else is done with it
  void aListenerThatFailsIsToldAllTheSame() throws Exception {
    List<Optional<Leader>> told = new CopyOnWriteArrayList<>();
    try (LeaderWatch unused =
            two.onChange(
                leader -> {
                  told.add(leader);
                  throw new IllegalStateException("a listener's own");
                });
        Lease lease = one.campaign()) {
      assertThat(lease.isValid()).isTrue();
      Await.until("told who leads", () -> told.contains(one.leader()));
    }
  }

  @Test
  void theTaskOfALeaderIsInterruptedByTheLoss() {
    CountDownLatch never = new CountDownLatch(1);
    assertThatThrownBy(
            () ->
                one.whileLeading(
                    term -> {
                      assertThat(tyer.operator().revoke(NAME, OptionalLong.empty())).isOne();
                      return never.await(150, TimeUnit.SECONDS);
                    }))
        .isInstanceOfSatisfying(
            LeaseLostException.class, e -> assertThat(e.lossCause()).isEqualTo(LossCause.REVOKED))
        .satisfies(
            e ->
                assertThat(e.getSuppressed())
                    .hasExactlyElementsOfTypes(InterruptedException.class));
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aTaskThatHeedsNoInterruptHasFailedAllTheSame() {
    assertThatThrownBy(
            () ->
                one.whileLeading(
                    term -> {
                      assertThat(tyer.operator().revoke(NAME, OptionalLong.empty())).isOne();
                      Await.until("interrupted", Thread.currentThread()::isInterrupted);
                      return "done";
                    }))
        .isInstanceOf(LeaseLostException.class);
    assertThat(Thread.currentThread().isInterrupted()).as("told by the exception").isFalse();
  }

  @Test
  void whatATaskDoesComesOut() throws Exception {
    assertThat(one.<String, RuntimeException>whileLeading(term -> "done " + term.isValid()))
        .isEqualTo("done true");
    IOException failure = new IOException("disk");
    assertThatThrownBy(
            () ->
                one.whileLeading(
                    term -> {
                      throw failure;
                    }))
        .isSameAs(failure);
    two.campaign(Duration.ZERO).orElseThrow().close();
  }

  @Test
  void anInterruptThatIsNobodysLossStaysTheCallers() throws Exception {
    String done =
        one.whileLeading(
            term -> {
              Thread.currentThread().interrupt();
              return "done";
            });
    assertThat(done).isEqualTo("done");
    assertThat(Thread.interrupted()).isTrue();
  }
}
