package io.tyer.servers.tyer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.server.Contents;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients of plain HTTP while members are killed, ended and paused: nobody holds what another one
 * believes to hold, tokens grow, and when all is well again everybody gets in, and nothing is left.
 * {@code -Dtyer.seconds=600 -Dtyer.seed=42} for longer, and for one seed.
 */
@Tag("full")
class HttpTortureTest {

  private static final int MEMBERS = 3;
  private static final int CLIENTS = 6;
  private static final List<String> NAMES = List.of("a", "b");
  private static final Duration TTL = Duration.ofSeconds(2);
  private static final Duration WAIT = Duration.ofSeconds(2);
  private static final Duration SPAN = Duration.ofSeconds(Long.getLong("tyer.seconds", 12));

  /** Enough for any outcome once all members are up again. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final long seed = Long.getLong("tyer.seed", new Random().nextInt(1_000_000));
  private final Holds holds = new Holds();
  private final AtomicBoolean enough = new AtomicBoolean();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.ALWAYS)
          .connectTimeout(Duration.ofSeconds(1))
          .build();

  @TempDir private Path directory;

  @Test
  void holdsAreExclusiveAndTokensGrowWhateverHappensToMembers() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (TyerGroup group = TyerGroup.startWithHttp(directory, MEMBERS)) {
      List<URI> members = group.nodes().stream().map(TyerNode::http).toList();
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Random random = new Random(seed + i);
        clients.add(threads.submit(() -> takeTurns(members, random)));
      }
      breakThings(group, new Random(~seed));
      enough.set(true);
      for (Future<?> one : clients) {
        ended(one);
      }
      assertThat(holds.violations()).as("seed %d, %d holds", seed, holds.count()).isEmpty();
      assertThat(holds.count()).as("holds by seed %d", seed).isGreaterThan(5);
      for (String name : NAMES) {
        HttpLease last =
            new HttpLease(client, members, name, TTL, SPAN.plus(PATIENCE), new Random());
        assertThat(last.acquire(TTL.plus(WAIT))).as("%s is free by seed %d", name, seed).isTrue();
        last.release();
      }
      awaitNothing(group);
    } finally {
      threads.shutdownNow();
    }
  }

  private void ended(Future<?> one) throws Exception {
    try {
      one.get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("by seed " + seed, e);
    }
  }

  private Void takeTurns(List<URI> members, Random random) throws InterruptedException {
    while (!enough.get()) {
      String name = NAMES.get(random.nextInt(NAMES.size()));
      HttpLease lease = new HttpLease(client, members, name, TTL, SPAN.plus(PATIENCE), random);
      if (!lease.acquire(WAIT)) {
        continue;
      }
      long from = System.nanoTime();
      if (!lease.isValid()) {
        // Never believed to be held.
        lease.release();
      } else if (random.nextInt(10) == 0) {
        // Dies, as it were.
        holds.add(name, new Holds.Hold(lease.token(), from, lease.validUntilNanos()));
      } else {
        work(lease, random);
        // Before it is given back: then the next one may be let in.
        long until = Math.min(System.nanoTime(), lease.validUntilNanos());
        holds.add(name, new Holds.Hold(lease.token(), from, until));
        lease.release();
      }
    }
    return null;
  }

  /** Mostly a moment, at times longer than the TTL, as long as it is held. */
  private static void work(HttpLease lease, Random random) throws InterruptedException {
    int pieces = random.nextInt(5) == 0 ? 1 + random.nextInt(6) : 0;
    TimeUnit.MILLISECONDS.sleep(random.nextInt(30));
    for (int i = 0; i < pieces; i++) {
      TimeUnit.MILLISECONDS.sleep(TTL.toMillis() / 3);
      if (!lease.renew()) {
        return;
      }
    }
  }

  private static void breakThings(TyerGroup group, Random random) throws IOException {
    long until = System.nanoTime() + SPAN.toNanos();
    while (System.nanoTime() < until) {
      sleep(500 + random.nextInt(1_000));
      TyerNode any = group.nodes().get(random.nextInt(MEMBERS));
      TyerNode leader = group.leader().orElse(any);
      switch (random.nextInt(5)) {
        case 0 -> leader.process().kill();
        case 1 -> any.process().kill();
        case 2 -> leader.process().terminate();
        case 3 -> {
          leader.process().pause();
          sleep(random.nextInt(3_500));
          leader.process().resume();
        }
        default -> group.nodes().forEach(node -> node.process().kill());
      }
      sleep(random.nextInt(1_000));
      group.start();
    }
  }

  private static void sleep(long millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** Sessions of clients that died end by themselves. */
  private void awaitNothing(TyerGroup group) throws IOException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    Contents left = group.look();
    while (!left.isEmpty() && System.nanoTime() < until) {
      sleep(200);
      left = group.look();
    }
    assertThat(left.isEmpty()).as("left by seed %d: %s", seed, left).isTrue();
  }
}
