package io.tyer.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.OutcomeUnknownException;
import io.tyer.Retry;
import io.tyer.StoreUnreachableException;
import io.tyer.fence.Unreliable.Fate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of writes that are not answered. */
@Timeout(180)
class SettlingTest {

  private final Unreliable.Place place = new Unreliable.Place();
  private final Unreliable client = new Unreliable(place);
  private final Unreliable other = new Unreliable(place);
  private final AtomicInteger computed = new AtomicInteger();

  private String append(Optional<String> now) {
    computed.incrementAndGet();
    return now.orElse("") + "x";
  }

  /** By another client, past everything. */
  private Runnable overwritten(String value) {
    return () -> {
      try {
        Version version = other.read().orElseThrow().version();
        assertThat(other.replace(version, value)).isPresent();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    };
  }

  @ParameterizedTest
  @EnumSource(names = {"REPLY_LOST", "REQUEST_LOST", "LATE"})
  void whatIsNotAnsweredIsDoneOnce(Fate fate) throws Exception {
    client.update(now -> "x");
    client.next(fate);
    Versioned.Entry<String> written = client.update(this::append);
    assertThat(other.read()).contains(written);
    assertThat(written.value()).isEqualTo("xx");
    assertThat(computed).hasValue(1);
    assertThat(place.writes()).isEqualTo(2);
  }

  @Test
  void whatWasOverwrittenSinceWasDone() throws Exception {
    client.update(now -> "x");
    client.next(Fate.REPLY_LOST).afterLoss(overwritten("y"));
    assertThat(client.update(this::append).value()).isEqualTo("xx");
    assertThat(other.read().orElseThrow().value()).isEqualTo("y");
    assertThat(computed).hasValue(1);
  }

  @Test
  void whatSomebodyElseWroteInsteadIsAConflictOnly() throws Exception {
    client.update(now -> "x");
    client.next(Fate.REQUEST_LOST).afterLoss(overwritten("y"));
    assertThat(client.update(this::append).value()).isEqualTo("yx");
    assertThat(computed).hasValue(2);
    client.next(Fate.REQUEST_LOST).afterLoss(overwritten("z"));
    assertThat(client.replace(client.read().orElseThrow().version(), "stale")).isEmpty();
    assertThat(other.read().orElseThrow().value()).isEqualTo("z");
  }

  @Test
  void whatWasOverwrittenTwiceNobodyCanTell() throws Exception {
    client.update(now -> "x");
    for (Fate fate : List.of(Fate.REPLY_LOST, Fate.REQUEST_LOST)) {
      Runnable once = overwritten("y");
      client
          .next(fate)
          .afterLoss(
              () -> {
                once.run();
                once.run();
              });
      computed.set(0);
      assertThatThrownBy(() -> client.update(this::append))
          .isInstanceOf(OutcomeUnknownException.class);
      assertThat(computed).hasValue(1);
    }
  }

  /** Repeated, it could bring back what somebody has removed since. */
  @Test
  void aCreationThatIsNotFoundIsNotRepeated() throws Exception {
    for (Fate fate : List.of(Fate.REQUEST_LOST, Fate.LATE)) {
      assertThatThrownBy(() -> new Unreliable(place).next(fate).create("x"))
          .isInstanceOf(OutcomeUnknownException.class);
      assertThat(place.writes()).isZero();
    }
    client.next(Fate.REPLY_LOST);
    assertThat(client.create("x")).isPresent();
    assertThat(place.writes()).isEqualTo(1);
  }

  @Test
  void whatWasNotReachedIsNotTriedAgain() throws Exception {
    client.update(now -> "x");
    client.next(Fate.UNREACHABLE);
    assertThatThrownBy(() -> client.update(this::append))
        .isInstanceOf(StoreUnreachableException.class);
    assertThat(computed).hasValue(1);
    assertThat(place.writes()).isEqualTo(1);
  }

  @Test
  void whatNeverAnswersIsUnknownInTheEnd() throws Exception {
    client.update(now -> "x");
    Fate[] lost = new Fate[20];
    Arrays.fill(lost, Fate.REQUEST_LOST);
    client.next(lost);
    assertThatThrownBy(() -> client.update(this::append))
        .isInstanceOf(OutcomeUnknownException.class);
    assertThat(place.writes()).isEqualTo(1);
  }

  @Test
  void anInterruptLeavesItUnknownAndTheFlagSet() throws Exception {
    client.update(now -> "x");
    client
        .next(Fate.REQUEST_LOST, Fate.REQUEST_LOST)
        .afterLoss(() -> Thread.currentThread().interrupt());
    assertThatThrownBy(() -> client.update(this::append))
        .isInstanceOf(OutcomeUnknownException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  /** Each update adds a mark of its own: none may be there twice, or missing after a success. */
  @Test
  void amongManyEveryChangeIsDoneOnceOrToldAsUnknown() throws Exception {
    Long only = Long.getLong("tyer.seed");
    long seed = only == null ? System.nanoTime() : only;
    client.update(now -> "");
    List<String> done = Collections.synchronizedList(new ArrayList<>());
    List<String> unknown = Collections.synchronizedList(new ArrayList<>());
    List<CompletableFuture<Void>> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Random random = new Random(seed + i);
      String name = "c" + i;
      Unreliable mine = new Unreliable(place);
      threads.add(
          Background.run(
              () -> {
                for (int j = 0; j < 50; j++) {
                  String mark = name + "-" + j + ";";
                  mine.next(random.nextInt(4) > 0 ? Fate.ANSWERED : fate(random));
                  try {
                    mine.update(
                        new Retry(1000, Duration.ZERO, Duration.ofMillis(1), 1),
                        now -> now.orElseThrow() + mark);
                    done.add(mark);
                  } catch (OutcomeUnknownException e) {
                    unknown.add(mark);
                  }
                }
              }));
    }
    for (CompletableFuture<Void> thread : threads) {
      thread.get(50, TimeUnit.SECONDS);
    }
    List<String> marks = List.of(client.read().orElseThrow().value().split("(?<=;)", -1));
    List<String> found = marks.stream().filter(mark -> !mark.isEmpty()).toList();
    assertThat(found).as("seed %s", seed).doesNotHaveDuplicates().containsAll(done);
    assertThat(found)
        .as("seed %s", seed)
        .allMatch(mark -> done.contains(mark) || unknown.contains(mark));
    assertThat(done.size()).isGreaterThan(100);
  }

  private static Fate fate(Random random) {
    return List.of(Fate.REPLY_LOST, Fate.REQUEST_LOST, Fate.LATE).get(random.nextInt(3));
  }
}
