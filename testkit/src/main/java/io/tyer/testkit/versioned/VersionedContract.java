package io.tyer.testkit.versioned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Retry;
import io.tyer.fence.AbstractVersioned;
import io.tyer.fence.Codec;
import io.tyer.fence.UpdateConflictException;
import io.tyer.fence.Version;
import io.tyer.fence.Versioned;
import io.tyer.fence.Versioned.Entry;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One class for each place where values are kept extends this. */
@Timeout(60)
public abstract class VersionedContract {

  private static final int CLIENTS = 2;
  private static final int THREADS = 4;
  private static final int INCREMENTS = 15;

  /** More than any test of these needs. */
  private static final Retry PATIENT =
      new Retry(10_000, Duration.ofMillis(1), Duration.ofMillis(50), 1);

  private String resource = "";
  private Versioned<String> one = new Unopened();
  private Versioned<String> other = new Unopened();

  /**
   * Another client of this resource: what it has in common with those before it is what processes
   * may share.
   */
  protected abstract <T> Versioned<T> open(String resource, Codec<T> codec) throws Exception;

  /** Two clients of a resource that is new. */
  @BeforeEach
  void openTwo() throws Exception {
    resource = "counter-" + UUID.randomUUID();
    one = open(resource, Codec.text());
    other = open(resource, Codec.text());
  }

  @Test
  void whatWasWrittenIsReadByAll() throws Exception {
    assertThat(one.read()).isEmpty();
    Version first = one.create("a").orElseThrow();
    assertThat(other.read()).contains(new Entry<>("a", first));
    Version second = other.replace(first, "b").orElseThrow();
    assertThat(second).isNotEqualTo(first);
    assertThat(one.read()).contains(new Entry<>("b", second));
    assertThat(other.remove(second)).isTrue();
    assertThat(one.read()).isEmpty();
  }

  @Test
  void aStaleWriteIsRefusedAndChangesNothing() throws Exception {
    Version first = one.create("a").orElseThrow();
    Version second = other.replace(first, "b").orElseThrow();
    assertThat(one.replace(first, "c")).isEmpty();
    assertThat(one.remove(first)).isFalse();
    assertThat(one.create("d")).isEmpty();
    assertThat(other.read()).contains(new Entry<>("b", second));
  }

  @Test
  void whereThereIsNothingNothingIsReplacedOrRemoved() throws Exception {
    Version gone = one.create("a").orElseThrow();
    assertThat(one.remove(gone)).isTrue();
    assertThat(other.replace(gone, "b")).isEmpty();
    assertThat(other.remove(gone)).isFalse();
    assertThat(one.read()).isEmpty();
  }

  @Test
  void noVersionComesBackWhenAValueIsMadeAnew() throws Exception {
    Set<Version> seen = new HashSet<>();
    Version stale = null;
    for (int i = 0; i < 10; i++) {
      // As after a restart: nothing is remembered but what is kept.
      Versioned<String> client = open(resource, Codec.text());
      Version made = client.create("same").orElseThrow();
      if (stale != null) {
        assertThat(client.replace(stale, "stale")).isEmpty();
        assertThat(client.remove(stale)).isFalse();
      }
      Version replaced = client.replace(made, "same").orElseThrow();
      assertThat(seen.add(made) && seen.add(replaced)).isTrue();
      assertThat(client.remove(replaced)).isTrue();
      stale = i % 2 == 0 ? made : replaced;
    }
  }

  @Test
  void noIncrementIsLost() throws Exception {
    AtomicInteger computed = new AtomicInteger();
    CompletableFuture<?>[] threads = new CompletableFuture<?>[CLIENTS * THREADS];
    for (int i = 0; i < threads.length; i++) {
      Versioned<String> client = i % CLIENTS == 0 ? one : other;
      threads[i] =
          Background.run(
              () -> {
                for (int j = 0; j < INCREMENTS; j++) {
                  client.update(
                      PATIENT,
                      now -> {
                        computed.incrementAndGet();
                        return increment(now);
                      });
                }
              });
    }
    CompletableFuture.allOf(threads).get(50, TimeUnit.SECONDS);
    int all = CLIENTS * THREADS * INCREMENTS;
    assertThat(one.read().orElseThrow().value()).isEqualTo(Integer.toString(all));
    assertThat(computed)
        .as("computed; more than that if they met")
        .hasValueGreaterThanOrEqualTo(all);
  }

  private static String increment(Optional<String> now) {
    return Integer.toString(now.map(Integer::parseInt).orElse(0) + 1);
  }

  @Test
  void anUpdateTellsWhatItWrote() throws Exception {
    Entry<String> first = one.update(VersionedContract::increment);
    assertThat(other.read()).contains(first);
    Entry<String> second = other.update(VersionedContract::increment);
    assertThat(second.value()).isEqualTo("2");
    assertThat(one.replace(first.version(), "x")).isEmpty();
    assertThat(one.replace(second.version(), "x")).isPresent();
  }

  @Test
  void aChangeThatThrowsWritesNothing() throws Exception {
    Entry<String> before = one.update(now -> "a");
    IOException failure = new IOException("no");
    assertThatThrownBy(
            () ->
                one.update(
                    now -> {
                      throw failure;
                    }))
        .isSameAs(failure);
    assertThat(other.read()).contains(before);
  }

  @Test
  void triesRunOutAndThatIsTold() throws Exception {
    AtomicInteger computed = new AtomicInteger();
    Retry retry = new Retry(4, Duration.ofMillis(10), Duration.ofMillis(20), 0);
    assertThatThrownBy(
            () ->
                one.update(
                    retry,
                    now -> {
                      other.update(VersionedContract::increment);
                      return "lost " + computed.incrementAndGet();
                    }))
        .isInstanceOfSatisfying(
            UpdateConflictException.class,
            e -> {
              assertThat(e.tries()).isEqualTo(4);
              assertThat(e.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(50));
              assertThat(e.resource()).isEqualTo(one.resource());
              assertThat(e).hasMessageContaining("4 times").hasMessageContaining(resource);
            });
    assertThat(computed).hasValue(4);
    assertThat(other.read().orElseThrow().value()).isEqualTo("4");
  }

  @Test
  void anInterruptEndsThePauseBetweenTries() throws Exception {
    CountDownLatch overtaken = new CountDownLatch(1);
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    CompletableFuture<Void> update =
        Background.run(
            () -> {
              thread.complete(Thread.currentThread());
              one.update(
                  new Retry(2, Duration.ofMinutes(10), Duration.ofMinutes(10), 0),
                  now -> {
                    other.update(VersionedContract::increment);
                    overtaken.countDown();
                    return "lost";
                  });
            });
    assertThat(overtaken.await(30, TimeUnit.SECONDS)).isTrue();
    Thread pausing = thread.get(30, TimeUnit.SECONDS);
    while (!isPausing(pausing) && !update.isDone()) {
      Thread.onSpinWait();
    }
    pausing.interrupt();
    assertThatThrownBy(() -> update.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(other.read().orElseThrow().value()).isEqualTo("1");
  }

  @Test
  void whoWaitsForAValueSeesWhatAnotherOneWrites() throws Exception {
    CompletableFuture<Boolean> waiting = new CompletableFuture<>();
    CompletableFuture<Void> wait =
        Background.run(
            () ->
                waiting.complete(
                    one.awaitUntil(now -> now.equals(Optional.of("3")), Duration.ofSeconds(50))));
    for (int i = 0; i < 3; i++) {
      assertThat(waiting).isNotDone();
      other.update(VersionedContract::increment);
    }
    assertThat(waiting.get(50, TimeUnit.SECONDS)).isTrue();
    wait.get(50, TimeUnit.SECONDS);
  }

  @Test
  void aWaitForAValueEndsWithItsTime() throws Exception {
    Entry<String> first = one.update(VersionedContract::increment);
    assertThat(other.awaitUntil(Optional::isPresent, Duration.ZERO)).isTrue();
    assertThat(other.awaitUntil(Optional::isEmpty, Duration.ZERO)).isFalse();
    assertThat(other.awaitUntil(Optional::isEmpty, Duration.ofMillis(50))).isFalse();
    assertThat(one.remove(first.version())).isTrue();
    assertThat(other.awaitUntil(Optional::isEmpty, Duration.ofMillis(50))).isTrue();
  }

  @Test
  void anInterruptEndsAWaitForAValue() throws Exception {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    CompletableFuture<Void> wait =
        Background.run(
            () -> {
              thread.complete(Thread.currentThread());
              boolean unused = one.awaitUntil(Optional::isPresent, Duration.ofDays(1));
            });
    thread.get(30, TimeUnit.SECONDS).interrupt();
    assertThatThrownBy(() -> wait.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(one.read()).isEmpty();
  }

  /** Between tries, and not while it waits for an answer. */
  private static boolean isPausing(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(
            frame ->
                frame.getClassName().equals(AbstractVersioned.class.getName())
                    && frame.getMethodName().equals("pause"));
  }

  @Test
  void valuesMayBeAnyBytes() throws Exception {
    Versioned<byte[]> binary = open(resource + "-binary", Codec.bytes());
    byte[] all = new byte[100_000];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) (i * 31 + i / 256);
    }
    Version version = binary.create(new byte[0]).orElseThrow();
    assertThat(binary.read().orElseThrow().value()).isEmpty();
    assertThat(binary.replace(version, all)).isPresent();
    assertThat(binary.read().orElseThrow().value()).isEqualTo(all);
    binary.read().orElseThrow().value()[0] = 1;
    assertThat(binary.read().orElseThrow().value()).isEqualTo(all);
  }

  /** Random sequences, held to a model: {@code -Dtyer.seed} repeats one. */
  @Test
  void itDoesAsTheModelDoes() throws Exception {
    Long only = Long.getLong("tyer.seed");
    int sequences = only == null ? 6 : 1;
    for (int i = 0; i < sequences; i++) {
      long seed = only == null ? System.nanoTime() + i : only;
      String name = resource + "-" + i;
      try {
        new VersionedWalk(seed, open(name, Codec.text()), open(name, Codec.text())).run();
      } catch (AssertionError e) {
        throw new AssertionError("repeat by -Dtyer.seed=" + seed, e);
      }
    }
  }
}
