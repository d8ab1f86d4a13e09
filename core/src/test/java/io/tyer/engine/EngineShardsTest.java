package io.tyer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Await;
import io.tyer.Deadlocks;
import io.tyer.DistributedLock;
import io.tyer.Lease;
import io.tyer.LockView;
import io.tyer.LossCause;
import io.tyer.OptionalLease;
import io.tyer.OutcomeUnknownException;
import io.tyer.StoreRefusedException;
import io.tyer.StoreUnreachableException;
import io.tyer.TyerClosedException;
import io.tyer.engine.FaultyStore.Fault;
import io.tyer.spi.Bearers;
import io.tyer.store.memory.MemoryLineStore;
import io.tyer.surroundings.SystemSurroundings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A dead shard costs only its own locks. In real time; the shard of lock "1/a" is 1. */
@Timeout(180)
class EngineShardsTest {

  private static final int SHARDS = 3;
  private static final Duration TTL = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final SystemSurroundings surroundings = new SystemSurroundings(null);
  private final List<MemoryLineStore> lines =
      IntStream.range(0, SHARDS)
          .mapToObj(
              shard ->
                  new MemoryLineStore(
                      "memory:" + shard, surroundings, Duration.ofMillis(100), shard))
          .toList();
  private final List<ShardedMemory> stores = new ArrayList<>();
  private final List<Engine> engines = new ArrayList<>();
  private final ShardedMemory store = sharded(TTL);
  private final Engine engine = engine(store, Duration.ofMillis(300));
  private final Engine other = engine(sharded(TTL), Duration.ofMillis(300));

  private ShardedMemory sharded(Duration late) {
    ShardedMemory made =
        new ShardedMemory(
            lines.stream()
                .map(shard -> new FaultyStore(shard, surroundings, late.toNanos()))
                .toList());
    stores.add(made);
    return made;
  }

  private Engine engine(ShardedMemory through, Duration operationTimeout) {
    EngineSettings defaults = EngineSettings.ofTtl(TTL);
    EngineSettings settings =
        new EngineSettings(
            TTL,
            defaults.beat(),
            defaults.margin(),
            operationTimeout,
            Duration.ZERO,
            defaults.batons(),
            defaults.batonTime(),
            defaults.order(),
            false,
            TTL,
            "test",
            false,
            Deadlocks.ON);
    Engine made = new Engine(through, surroundings, settings, null, () -> {});
    engines.add(made);
    return made;
  }

  @AfterEach
  void nothingIsLeft() {
    for (ShardedMemory made : stores) {
      for (int shard = 0; shard < SHARDS; shard++) {
        made.shard(shard).faultEverywhere(Fault.NONE);
      }
    }
    engines.forEach(Engine::close);
    Engine last = engine(store, Duration.ofMillis(300));
    // Looking sweeps.
    Await.until("all lines are empty", () -> last.operator().locks("").isEmpty());
    for (MemoryLineStore shard : lines) {
      assertThat(shard.isEmpty()).isTrue();
    }
    assertThat(stores).allSatisfy(made -> assertThat(made.astray).isEmpty());
    surroundings.close();
  }

  private static DistributedLock lock(Engine of, String name) {
    return of.locks().mutex(name);
  }

  private int calls(String operation, int shard) {
    return store.shard(shard).calls(operation);
  }

  private int callsOfAll(ShardedMemory of, String operation) {
    return IntStream.range(0, SHARDS).map(shard -> of.shard(shard).calls(operation)).sum();
  }

  // ---- sessions where they are needed

  @Test
  void aSessionIsOpenedWhereANameIsUsedAndNowhereElse() throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      lock(engine, "1/" + i).acquire().close();
    }
    assertThat(calls("open", 0)).isZero();
    assertThat(calls("open", 1)).isEqualTo(1);
    assertThat(calls("open", 2)).isZero();
    lock(engine, "2/a").acquire().close();
    assertThat(calls("open", 0)).isZero();
    assertThat(calls("open", 1)).isEqualTo(1);
    assertThat(calls("open", 2)).isEqualTo(1);
  }

  @Test
  void eachShardInUseIsKeptAliveByOneBeatHoweverManyLocksAreHeld() throws InterruptedException {
    List<Lease> leases = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      leases.add(lock(engine, "0/" + i).acquire());
      leases.add(lock(engine, "1/" + i).acquire());
    }
    Await.until("both beat", () -> calls("beat", 0) >= 3 && calls("beat", 1) >= 3);
    List<Integer> beats = List.of(calls("beat", 0), calls("beat", 1));
    long most = (System.nanoTime() - start) / EngineSettings.ofTtl(TTL).beat().toNanos();
    assertThat(beats).allMatch(count -> count <= most);
    assertThat(calls("beat", 2)).isZero();
    assertThat(leases).allMatch(Lease::isValid);
    leases.forEach(Lease::close);
  }

  @Test
  void bearersReachOpenSessionsAndThoseOpenedLater() throws InterruptedException {
    lock(engine, "0/a").acquire().close();
    lock(engine, "1/a").acquire().close();
    engine.client().bearers(new Bearers(List.of(42L)));
    assertThat(store.bearers).containsOnlyKeys(0, 1);
    assertThat(store.bearers.values()).allMatch(bearers -> bearers.pids().equals(List.of(42L)));
    lock(engine, "2/a").acquire().close();
    assertThat(store.bearers).containsOnlyKeys(0, 1, 2);
    assertThat(store.bearers.values()).allMatch(bearers -> bearers.pids().equals(List.of(42L)));
  }

  // ---- a dead shard

  @Test
  void theLossOfOneShardsSessionConcernsItsHoldersOnly() throws Exception {
    Lease lost = lock(engine, "0/a").acquire();
    Lease kept = lock(engine, "1/a").acquire();
    Lease theirs = lock(other, "1/b").acquire();
    CompletableFuture<Lease> waiting = lock(engine, "1/b").acquireAsync();
    Await.until("in line", () -> other.operator().locks("1/b").get(0).line().size() == 2);
    List<LockView.Place> line = other.operator().locks("1/b").get(0).line();
    CompletableFuture<LossCause> told = new CompletableFuture<>();
    lost.onLost(told::complete);
    List<LossCause> notTold = new CopyOnWriteArrayList<>();
    kept.onLost(notTold::add);

    store.shard(0).faultEverywhere(Fault.BLACK_HOLE);
    assertThat(told.get(60, TimeUnit.SECONDS)).isEqualTo(LossCause.UNPROVED);
    lock(other, "0/a").acquire().close();
    int beats = calls("beat", 1);
    Await.until("beats go on", () -> calls("beat", 1) >= beats + 2);
    assertThat(lost.isValid()).isFalse();
    assertThat(kept.isValid()).isTrue();
    assertThat(notTold).isEmpty();
    assertThat(other.operator().locks("1/b").get(0).line()).isEqualTo(line);
    assertThat(calls("open", 1)).isEqualTo(1);
    theirs.close();
    waiting.get(60, TimeUnit.SECONDS).close();
    kept.close();
  }

  @Test
  void aSilentShardDelaysNoAcquireInTheOthers() throws Exception {
    Engine patient = engine(store, PATIENCE);
    lock(patient, "1/a").acquire().close();
    store.shard(0).faultEverywhere(Fault.BLACK_HOLE);
    CompletableFuture<Lease> opening = lock(patient, "0/a").acquireAsync();
    Await.until("asked", () -> calls("open", 0) == 1);
    lock(patient, "1/a").acquire().close();
    lock(patient, "2/a").acquire().close();
    assertThat(opening).isNotDone();
  }

  /** While a session is being opened in one shard, another shard cannot be reached. */
  @Test
  void aShardThatCannotBeReachedFailsNoCallersOfAnother() throws Exception {
    ShardedMemory slow = sharded(Duration.ofSeconds(1));
    Engine client = engine(slow, PATIENCE);
    slow.shard(1).fault("open", Fault.SLOW);
    slow.shard(0).faultEverywhere(Fault.UNREACHABLE);
    CompletableFuture<OptionalLease> opening = lock(client, "1/a").tryAcquireAsync();
    assertThatThrownBy(lock(client, "0/a")::tryAcquire)
        .isInstanceOf(StoreUnreachableException.class);
    opening.get(60, TimeUnit.SECONDS).orElseThrow().close();
    assertThat(slow.shard(1).calls("open")).isEqualTo(1);
  }

  /** A session that could not be opened is tried again only for callers of its own shard. */
  @Test
  void waitersOfOneShardOpenNoSessionInAnother() throws Exception {
    Engine patient = engine(store, PATIENCE);
    store.shard(0).fault("open", Fault.UNREACHABLE);
    store.shard(1).fault("open", Fault.BLACK_HOLE);
    CompletableFuture<Lease> wants = lock(patient, "1/a").acquireAsync();
    Await.until("asked", () -> calls("open", 1) == 1);
    assertThatThrownBy(lock(patient, "0/a")::tryAcquire)
        .isInstanceOf(StoreUnreachableException.class);
    long start = System.nanoTime();
    Await.until("several pauses", () -> System.nanoTime() - start > 500_000_000);
    assertThat(calls("open", 0)).isEqualTo(1);
    assertThat(wants).isNotDone();
  }

  // ---- connecting

  @Test
  void connectingOpensOneSession() {
    engine.connect();
    assertThat(callsOfAll(store, "open")).isEqualTo(1);
  }

  @Test
  void connectingFindsAShardThatLivesAmongDeadOnes() {
    for (int round = 0; round < 20; round++) {
      ShardedMemory partly = sharded(TTL);
      partly.shard(round % SHARDS).fault("open", Fault.UNREACHABLE);
      partly.shard((round + 1) % SHARDS).fault("open", Fault.UNREACHABLE);
      engine(partly, Duration.ofMillis(300)).connect();
      assertThat(partly.shard((round + 2) % SHARDS).calls("open")).isEqualTo(1);
    }
    // Shards are taken at random: the chance that no dead one was met is 3^-20.
    assertThat(stores.stream().mapToInt(made -> callsOfAll(made, "open")).sum()).isGreaterThan(20);
  }

  @Test
  void connectingFailsWhenNoShardCanBeReached() {
    Stream.of(0, 1, 2).forEach(shard -> store.shard(shard).fault("open", Fault.UNREACHABLE));
    assertThatThrownBy(engine::connect).isInstanceOf(StoreUnreachableException.class);
    assertThat(callsOfAll(store, "open")).isEqualTo(SHARDS);
  }

  @Test
  void connectingToASilentStoreFailsInTime() {
    Stream.of(0, 1, 2).forEach(shard -> store.shard(shard).fault("open", Fault.BLACK_HOLE));
    long start = System.nanoTime();
    assertThatThrownBy(engine::connect).isInstanceOf(OutcomeUnknownException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void aRefusalIsNotTriedElsewhere() {
    Stream.of(0, 1, 2).forEach(shard -> store.shard(shard).fault("open", Fault.REFUSED));
    assertThatThrownBy(engine::connect).isInstanceOf(StoreRefusedException.class);
    assertThat(callsOfAll(store, "open")).isEqualTo(1);
  }

  // ---- closing

  @Test
  void closingEndsTheSessionsOfAllShards() throws InterruptedException {
    List<LossCause> told = new CopyOnWriteArrayList<>();
    for (int shard = 0; shard < SHARDS; shard++) {
      lock(engine, shard + "/a").acquire().onLost(told::add);
    }
    engine.close();
    for (MemoryLineStore shard : lines) {
      assertThat(shard.isEmpty()).isTrue();
    }
    Await.until("all are told", () -> told.size() == SHARDS);
    assertThat(told).containsOnly(LossCause.CLOSED);
  }

  @Test
  void aSilentShardDelaysNoEndOfAnotherSession() throws Exception {
    ShardedMemory partly = sharded(TTL);
    Duration patience = Duration.ofSeconds(2);
    Engine client = engine(partly, patience);
    for (int shard = 0; shard < SHARDS; shard++) {
      lock(client, shard + "/a").acquire().close();
    }
    partly.shard(0).faultEverywhere(Fault.BLACK_HOLE);
    CompletableFuture<Lease> entering = lock(client, "0/b").acquireAsync();
    Await.until("entering", () -> partly.shard(0).calls("enter") == 2);
    long start = System.nanoTime();
    CompletableFuture<Void> ended = client.closeAsync();
    Await.until(
        "the others ended",
        () -> partly.shard(1).calls("end") == 1 && partly.shard(2).calls("end") == 1);
    assertThat(partly.shard(0).calls("end")).isZero();
    assertThat(ended).isNotDone();
    assertThatThrownBy(() -> entering.get(60, TimeUnit.SECONDS))
        .hasCauseInstanceOf(TyerClosedException.class);
    client.close();
    // The enter is given up after one time-out, the end of its session after another.
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(patience, patience.multipliedBy(3));
  }
}
