package io.tyer.store.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.Lease;
import io.tyer.Tyer;
import io.tyer.server.TyerServer;
import io.tyer.server.log.MemberConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A leader that is told to stop hands its lead over. */
@Timeout(120)
class HandOverTest {

  @TempDir Path directory;

  private LocalTrio trio;

  @BeforeEach
  void start() throws Exception {
    trio = LocalTrio.start(directory, config -> config);
  }

  @AfterEach
  void stop() {
    trio.close();
  }

  private Tyer client() {
    return Tyer.open(trio.address() + "&ttl=5s");
  }

  /** An election never takes less than its time-out, so that one time is enough. */
  @Test
  void noHolderLosesALeaseAndTheNextAcquireWaitsForNoElection() throws Exception {
    AtomicInteger lost = new AtomicInteger();
    List<Duration> slowest = new ArrayList<>();
    try (Tyer client = client();
        Lease held = client.lock("held").acquire().onLost(why -> lost.incrementAndGet())) {
      for (int i = 0; i < 5 && !slowest.stream().anyMatch(HandOverTest::isNoElection); i++) {
        slowest.add(slowestWhileTheLeaderIsStopped(client));
        held.checkValid();
        trio.restart();
      }
      assertThat(slowest)
          .as("the slowest acquire of each time")
          .anyMatch(HandOverTest::isNoElection);
      held.checkValid();
      assertThat(lost).hasValue(0);
    }
  }

  private static boolean isNoElection(Duration acquire) {
    return acquire.compareTo(MemberConfig.ELECTION_TIMEOUT) < 0;
  }

  private Duration slowestWhileTheLeaderIsStopped(Tyer client) throws Exception {
    TyerServer first = trio.leader();
    acquire(client);
    AtomicBoolean enough = new AtomicBoolean();
    CompletableFuture<Long> worst =
        CompletableFuture.supplyAsync(
            () -> {
              long longest = 0;
              while (!enough.get()) {
                longest = Math.max(longest, acquire(client));
              }
              return longest;
            });
    trio.stop(first);
    long afterwards = acquire(client);
    enough.set(true);
    return Duration.ofNanos(Math.max(afterwards, worst.join()));
  }

  private static long acquire(Tyer client) {
    long asked = System.nanoTime();
    try (Lease lease = client.lock("next").acquire()) {
      lease.checkValid();
      return System.nanoTime() - asked;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
