package io.tyer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.Await;
import io.tyer.Lease;
import io.tyer.OptionalLease;
import io.tyer.store.memory.MemoryLineStore;
import io.tyer.surroundings.SystemSurroundings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class CheckPaceTest {

  private static final long MILLI = 1_000_000;
  private static final int CROWD = 400;

  @Test
  void aFewTicketsAreCheckedAsOftenAsTheyWish() {
    CheckPace pace = new CheckPace(() -> true);
    assertThat(pace.pauseNanos(100 * MILLI)).isEqualTo(100 * MILLI);
    for (int i = 0; i < 20; i++) {
      pace.change(1);
    }
    assertThat(pace.pauseNanos(100 * MILLI)).isEqualTo(100 * MILLI);
  }

  @Test
  void aCrowdSharesTheChecksOfASecond() {
    assertThat(crowd(true, 10_000).pauseNanos(MILLI)).isEqualTo(50_000 * MILLI);
    assertThat(crowd(false, 10_000).pauseNanos(MILLI)).isEqualTo(5_000 * MILLI);
  }

  @Test
  void howeverManyThereAreEachIsCheckedOnceAMinute() {
    assertThat(crowd(true, 1_000_000).pauseNanos(MILLI)).isEqualTo(60_000 * MILLI);
  }

  @Test
  void whoWaitsNoMoreIsNotCounted() {
    CheckPace pace = crowd(true, 10_000);
    for (int i = 0; i < 10_000; i++) {
      pace.change(-1);
    }
    assertThat(pace.pauseNanos(MILLI)).isEqualTo(MILLI);
  }

  @Test
  void aCrowdOfOneClientAsksTheStoreSeldomAndIsGrantedAtOnceAllTheSame() throws Exception {
    SystemSurroundings surroundings = new SystemSurroundings(null);
    MemoryLineStore lines =
        new MemoryLineStore("memory:crowd", surroundings, Duration.ofMillis(20), 0);
    Duration ttl = Duration.ofSeconds(20);
    FaultyStore store = new FaultyStore(lines, surroundings, ttl.toNanos());
    EngineSettings settings = EngineSettings.ofTtl(ttl);
    Engine holding = new Engine(lines, surroundings, settings, null, () -> {});
    Engine waiting = new Engine(store, surroundings, settings, null, () -> {});
    List<Lease> held = new ArrayList<>();
    List<CompletableFuture<OptionalLease>> waits = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      held.add(holding.locks().mutex("crowd-" + i).acquire());
      waits.add(waiting.locks().mutex("crowd-" + i).tryAcquireAsync(Duration.ofMinutes(1)));
    }
    Await.until("all wait", () -> waitsOf(waiting) == CROWD);
    int before = store.calls("check");
    TimeUnit.SECONDS.sleep(3);
    assertThat(store.calls("check") - before)
        .as("checks in 3 s; each by itself, they would make 60,000 or so")
        .isBetween(200, 2_000);
    for (int i = 0; i < CROWD / 2; i++) {
      waits.get(i).cancel(false);
    }
    for (Lease lease : held) {
      lease.close();
    }
    for (int i = CROWD / 2; i < CROWD; i++) {
      waits.get(i).get(60, TimeUnit.SECONDS).orElseThrow().close();
    }
    Await.until("nobody is counted any more", () -> waitsOf(waiting) == 0);
    waiting.close();
    holding.close();
    assertThat(lines.isEmpty()).isTrue();
    surroundings.close();
  }

  @Test
  void aTicketOfWhichTheGrantWasNotHeardIsNotLeftAloneOnceTheCrowdIsGone() throws Exception {
    SystemSurroundings surroundings = new SystemSurroundings(null);
    MemoryLineStore lines =
        new MemoryLineStore("memory:gone", surroundings, Duration.ofMillis(20), 0);
    Duration ttl = Duration.ofSeconds(20);
    Engine holding = new Engine(lines, surroundings, EngineSettings.ofTtl(ttl), null, () -> {});
    FaultyStore deaf = new FaultyStore(lines, surroundings, ttl.toNanos());
    deaf.tellNobody();
    Engine waiting = new Engine(deaf, surroundings, EngineSettings.ofTtl(ttl), null, () -> {});
    for (int i = 0; i < 10_000; i++) {
      waiting.client().checkPace().change(1);
    }
    Lease held = holding.locks().mutex("late").acquire();
    CompletableFuture<Lease> wait = waiting.locks().mutex("late").acquireAsync();
    Await.until("it waits", () -> waitsOf(waiting) > 10_000);
    for (int i = 0; i < 10_000; i++) {
      waiting.client().checkPace().change(-1);
    }
    held.close();
    wait.get(Waiting.LONGEST_LOOK_NANOS + 5_000 * MILLI, TimeUnit.NANOSECONDS).close();
    waiting.close();
    holding.close();
    surroundings.close();
  }

  private static long waitsOf(Engine engine) {
    return engine.client().checkPace().pauseNanos(0) / (5 * MILLI);
  }

  private static CheckPace crowd(boolean told, int size) {
    CheckPace pace = new CheckPace(() -> told);
    for (int i = 0; i < size; i++) {
      pace.change(1);
    }
    return pace;
  }
}
