package io.tyer.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.StoreRefusedException;
import io.tyer.StoreUnreachableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who acts on a version is told when another one stands. */
@Timeout(60)
class MovedOnTest {

  @TempDir Path directory;

  private final MemoryVersioned<String> value = new MemoryVersioned<>("plan", Codec.text());

  private static void get(CompletableFuture<Void> told) throws Exception {
    told.get(50, TimeUnit.SECONDS);
  }

  private static void isToldOfEachKindOfEnd(Versioned<String> plan) throws Exception {
    Version first = plan.create("first").orElseThrow();
    CompletableFuture<Void> movedOn = plan.whenMovedOn(first);
    Version second = plan.replace(first, "second").orElseThrow();
    get(movedOn);
    get(plan.whenMovedOn(first));
    CompletableFuture<Void> removed = plan.whenMovedOn(second);
    assertThat(removed).isNotDone();
    assertThat(plan.remove(second)).isTrue();
    get(removed);
    CompletableFuture<Void> again = plan.whenMovedOn(plan.create("second").orElseThrow());
    assertThat(again).as("the value is the same, and so is its version").isNotDone();
    assertThat(again.cancel(false)).isTrue();
  }

  @Test
  void itIsToldByTheMemory() throws Exception {
    isToldOfEachKindOfEnd(value);
  }

  @Test
  void itIsToldOfAFile() throws Exception {
    isToldOfEachKindOfEnd(new FileVersioned<>(directory.resolve("plan"), Codec.text()));
  }

  @Test
  void itIsFoundWhereNothingTells() throws Exception {
    isToldOfEachKindOfEnd(new Unreliable(new Unreliable.Place()));
  }

  private static boolean watched(String resource) {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("tyer-version-" + resource));
  }

  private static void awaitUnwatched(String resource) throws InterruptedException {
    while (watched(resource)) {
      Thread.onSpinWait();
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  @Test
  void whoCancelsIsNotWatchedForAnyMore() throws Exception {
    CompletableFuture<Void> movedOn = value.whenMovedOn(value.create("first").orElseThrow());
    assertThat(watched("plan")).isTrue();
    movedOn.cancel(false);
    awaitUnwatched("plan");
    CompletableFuture<Void> told = value.whenMovedOn(Version.random());
    get(told);
    awaitUnwatched("plan");
  }

  /** Of which a test says how reading ends. */
  private static final class Reads extends AbstractVersioned<String> {

    private interface Load {
      Optional<StoredVersion> load() throws InterruptedException;
    }

    private volatile Load load = Optional::empty;

    Reads() {
      super("reads", Codec.text());
    }

    @Override
    protected Optional<StoredVersion> load() throws InterruptedException {
      return load.load();
    }

    @Override
    protected boolean store(StoredVersion next) {
      throw new AssertionError("nothing is written");
    }

    @Override
    protected boolean delete(Version expected) {
      throw new AssertionError("nothing is removed");
    }
  }

  @Test
  void itIsLookedAgainAtWhatCannotBeReached() throws Exception {
    Reads reads = new Reads();
    CountDownLatch tried = new CountDownLatch(3);
    reads.load =
        () -> {
          tried.countDown();
          throw new StoreUnreachableException("not reached", null);
        };
    CompletableFuture<Void> movedOn = reads.whenMovedOn(Version.random());
    assertThat(tried.await(50, TimeUnit.SECONDS)).isTrue();
    assertThat(movedOn).isNotDone();
    reads.load = Optional::empty;
    get(movedOn);
  }

  @Test
  void whatIsRefusedIsTold() {
    Reads reads = new Reads();
    reads.load =
        () -> {
          throw new StoreRefusedException("no such table", null);
        };
    assertThatThrownBy(reads.whenMovedOn(Version.random())::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(StoreRefusedException.class);
  }

  @Test
  void noReadIsInterrupted() throws Exception {
    Reads reads = new Reads();
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    reads.load =
        () -> {
          reading.countDown();
          boolean heard = false;
          while (answered.getCount() > 0) {
            try {
              answered.await();
            } catch (InterruptedException e) {
              heard = true;
            }
          }
          interrupted.complete(heard || Thread.currentThread().isInterrupted());
          return Optional.empty();
        };
    CompletableFuture<Void> movedOn = reads.whenMovedOn(Version.random());
    assertThat(reading.await(50, TimeUnit.SECONDS)).isTrue();
    movedOn.cancel(false);
    answered.countDown();
    assertThat(interrupted.get(50, TimeUnit.SECONDS)).isFalse();
    awaitUnwatched("reads");
  }

  @Test
  void waitsGoOnBesideIt() throws Exception {
    CompletableFuture<Void> movedOn = value.whenMovedOn(value.create("first").orElseThrow());
    CompletableFuture<Void> waiter =
        Background.run(
            () ->
                assertThat(
                        value.awaitUntil(
                            now -> now.equals(Optional.of("last")), Duration.ofSeconds(50)))
                    .isTrue());
    value.update(now -> "second");
    get(movedOn);
    assertThat(waiter).isNotDone();
    value.update(now -> "last");
    get(waiter);
  }
}
