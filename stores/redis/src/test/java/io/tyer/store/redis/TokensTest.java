package io.tyer.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.Lease;
import io.tyer.Tyer;
import io.tyer.servers.redis.RedisServer;
import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** For one name tokens only grow (S2), whatever is done to the server's keys, process and clock. */
@Timeout(120)
class TokensTest {

  private static final String NAME = "the lock";

  @TempDir private Path directory;

  private final List<Long> tokens = new ArrayList<>();
  private @Nullable RedisServer running;

  @AfterEach
  void stop() {
    if (running != null) {
      running.close();
    }
    assertThat(tokens).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(1);
  }

  private RedisServer server() {
    return Objects.requireNonNull(running);
  }

  private Tyer client() {
    return Tyer.open(server().address() + "?ttl=30s&connect-timeout=60s&operation-timeout=60s");
  }

  private void take(Tyer tyer) throws InterruptedException {
    try (Lease lease = tyer.lock(NAME).tryAcquire(Duration.ofSeconds(60)).orElseThrow()) {
      tokens.add(lease.token());
    }
  }

  private void takeFresh() throws InterruptedException {
    try (Tyer tyer = client()) {
      take(tyer);
    }
  }

  @Test
  void afterTheLineWasEmptied() throws Exception {
    running = Started.server(directory);
    try (Tyer tyer = client();
        Tyer other = client()) {
      for (int i = 0; i < 50; i++) {
        take(i % 3 == 0 ? other : tyer);
        assertThat(server().node().ask("EXISTS", "tyer:{0}:line:" + NAME)).isEqualTo(0L);
      }
    }
  }

  /** What is removed by hand. */
  enum Removed {
    LINE,
    FLOOR,
    ALL_OF_OURS,
    EVERYTHING,
    EVERYTHING_BY_A_RESTART;

    void remove(RedisServer server) throws IOException {
      switch (this) {
        case LINE -> Started.remove(server, List.of("tyer:{0}:line:" + NAME));
        case FLOOR -> Started.remove(server, List.of("tyer:{0}:floor"));
        case ALL_OF_OURS -> Started.remove(server, Started.keys(server));
        case EVERYTHING -> server.node().ask("FLUSHALL");
        case EVERYTHING_BY_A_RESTART -> {
          server.kill();
          server.start();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Removed.class)
  void afterKeysWereRemoved(Removed removed) throws Exception {
    running = Started.server(directory);
    try (Tyer stays = client()) {
      take(stays);
      for (boolean freshFirst : new boolean[] {true, false, true}) {
        removed.remove(server());
        if (freshFirst) {
          takeFresh();
        }
        take(stays);
        takeFresh();
      }
    }
  }

  /** While somebody holds the lock: the former token is smaller than the next holder's. */
  @ParameterizedTest
  @EnumSource(Removed.class)
  void afterKeysWereRemovedUnderAHolder(Removed removed) throws Exception {
    running = Started.server(directory);
    try (Tyer holder = client()) {
      try (Lease lease = holder.lock(NAME).acquire()) {
        tokens.add(lease.token());
        removed.remove(server());
        if (removed != Removed.FLOOR) {
          takeFresh();
        }
      }
      take(holder);
      takeFresh();
    }
  }

  @Test
  void afterARestartThatLosesNothing() throws Exception {
    running = Started.durable(directory, Map.of());
    try (Tyer stays = client()) {
      for (int i = 0; i < 3; i++) {
        take(stays);
        server().kill();
        server().start();
        take(stays);
        takeFresh();
      }
    }
  }

  /** As after a failover: another process, which has not got the latest numbers. */
  @Requires(Needs.FAKETIME)
  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-23H"})
  void afterTheLastNumbersWereLost(String clockStep) throws Exception {
    FakedClock clock = new FakedClock(directory);
    clock.set(Duration.ofHours(-25));
    running = Started.configured(directory.resolve("server"), clock.environment());
    try (Tyer stays = client()) {
      take(stays);
      // Numbers are those of the clock again.
      clock.set(Duration.ofHours(1));
      take(stays);
      server().node().ask("SAVE");
      for (int i = 0; i < 300; i++) {
        take(stays);
      }
    }
    server().kill();
    clock.set(Duration.ofHours(1).plus(Duration.parse(clockStep)));
    server().start();
    takeFresh();
  }

  @Requires(Needs.FAKETIME)
  @ParameterizedTest
  @ValueSource(strings = {"PT-1H", "PT1H", "PT-24H", "PT24H"})
  void afterTheClockWasSet(String step) throws Exception {
    FakedClock clock = new FakedClock(directory);
    running = Started.durable(directory.resolve("server"), clock.environment());
    try (Tyer stays = client()) {
      take(stays);
      clock.set(Duration.parse(step));
      take(stays);
      takeFresh();
      clock.set(Duration.parse(step).multipliedBy(2));
      server().kill();
      server().start();
      take(stays);
      takeFresh();
      clock.set(Duration.ZERO);
      takeFresh();
    }
  }

  @Requires(Needs.FAKETIME)
  @Test
  void afterTheClockWentBackByLessThanADayAndAllWasLost() throws Exception {
    FakedClock clock = new FakedClock(directory);
    clock.set(Duration.ofHours(-25));
    running = Started.configured(directory.resolve("server"), clock.environment());
    takeFresh();
    clock.set(Duration.ZERO);
    takeFresh();
    clock.set(Duration.ofHours(-23));
    server().node().ask("FLUSHALL");
    takeFresh();
  }

  /** What a client has seen is beyond all clocks. */
  @Requires(Needs.FAKETIME)
  @Test
  void whatAClientHasSeenIsExceededWhateverTheClock() throws Exception {
    FakedClock clock = new FakedClock(directory);
    running = Started.configured(directory.resolve("server"), clock.environment());
    try (Tyer stays = client()) {
      take(stays);
      clock.set(Duration.ofDays(-100));
      Removed.FLOOR.remove(server());
      take(stays);
      Removed.EVERYTHING.remove(server());
      take(stays);
      takeFresh();
    }
  }

  @Test
  void afterAnySequenceOfMishaps() throws Exception {
    long seed = Long.getLong("tyer.seed", System.nanoTime());
    Random random = new Random(seed);
    running = Started.server(directory);
    try (Tyer stays = client()) {
      for (int i = 0; i < 40; i++) {
        Removed.values()[random.nextInt(4)].remove(server());
        if (random.nextBoolean()) {
          takeFresh();
        } else {
          take(stays);
        }
      }
    }
    assertThat(tokens).as("seed %d", seed).isSorted().doesNotHaveDuplicates();
  }
}
