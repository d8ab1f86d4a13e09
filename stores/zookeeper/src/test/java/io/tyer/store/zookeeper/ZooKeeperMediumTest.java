package io.tyer.store.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.servers.zookeeper.ZooKeeperGroup;
import io.tyer.servers.zookeeper.ZooKeeperKind;
import io.tyer.spi.Cancellable;
import io.tyer.spi.Moment;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.store.ordered.Appended;
import io.tyer.store.ordered.NodeBody;
import io.tyer.store.ordered.OrderedLines;
import io.tyer.testkit.contract.Asked;
import io.tyer.testkit.fault.FaultProxy;
import io.tyer.testkit.fault.ProxyMode;
import io.tyer.testkit.host.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the medium owes the adapter, on a server. */
@SuppressWarnings("try") // Closing a client of ZooKeeper may be interrupted.
@Timeout(180)
class ZooKeeperMediumTest {

  @TempDir
  @SuppressWarnings("NonFinalStaticField") // JUnit sets it.
  static Path directory;

  @SuppressWarnings("NonFinalStaticField") // JUnit starts it before the first test.
  static ZooKeeperGroup server;

  @BeforeAll
  static void start() throws Exception {
    server = new ZooKeeperKind().start(directory);
  }

  @AfterAll
  static void end() {
    server.close();
  }

  private static String name(String begin) {
    return begin + "." + Long.toHexString(new java.security.SecureRandom().nextLong());
  }

  private static StoreException failure(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    StoreException failure = catchThrowableOfType(StoreException.class, call);
    assertThat(failure).as("a failure").isNotNull();
    return failure;
  }

  private static String at(FaultProxy proxy) {
    return server.addressAt("127.0.0.1", proxy.address().getPort());
  }

  private static ZooKeeper client() throws Exception {
    CountDownLatch connected = new CountDownLatch(1);
    ZooKeeper client =
        new ZooKeeper(
            server.nodes().get(0).toString(),
            30_000,
            event -> {
              if (event.getState() == KeeperState.SyncConnected) {
                connected.countDown();
              }
            });
    assertThat(connected.await(60, TimeUnit.SECONDS)).isTrue();
    return client;
  }

  // ---- nodes

  @Test
  void anAppendIsAnsweredWithItsNodeAndTheLine() throws Exception {
    try (Bare bare = new Bare(server.address())) {
      String line = name("a/b");
      Bare.Session one = bare.open();
      Bare.Session two = bare.open();
      Appended first = one.append(line, "first");
      Appended second = two.append(line, "second");
      assertThat(first.line().nodes()).containsExactly(first.own());
      assertThat(second.line().nodes()).containsExactly(first.own(), second.own());
      assertThat(second.body().number()).isGreaterThan(first.body().number());
      assertThat(Bare.look(two.session(), line, first.own()).orElseThrow())
          .usingRecursiveComparison()
          .isEqualTo(first.body());
      assertThat(Bare.labels(bare.medium.lines(), line)).containsExactly("first", "second");
      List<LockName> names = Asked.answer(reply -> bare.medium.lines().names(line, reply));
      assertThat(names).containsExactly(LockName.of(line));
      assertThat(one.end()).isTrue();
      assertThat(Bare.labels(two.session(), line)).containsExactly("second");
      assertThat(two.end()).isTrue();
      assertThat(two.end()).isFalse();
      Await.until("nothing is left", () -> server.look().isEmpty());
    }
  }

  @Test
  void numbersGrowAlsoOverALineThatWasForgotten() throws Exception {
    try (Bare bare = new Bare(server.address())) {
      String line = name("a");
      Bare.Session one = bare.open();
      Appended first = one.append(line, "x");
      assertThat(Bare.remove(one.session(), line, first.own())).isTrue();
      assertThat(Bare.remove(one.session(), line, first.own())).isFalse();
      Await.until("it is forgotten", () -> !server.look().tickets().containsKey(line));
      assertThat(Bare.labels(one.session(), line)).isEmpty();
      Appended second = one.append(line, "y");
      assertThat(second.body().number()).isGreaterThan(first.body().number());
      assertThat(second.line().nodes()).containsExactly(second.own());
      assertThat(one.end()).isTrue();
    }
  }

  @Test
  void aBodyIsReplacedByAnybodyIfItIsTheOneSeen() throws Exception {
    try (Bare bare = new Bare(server.address())) {
      String line = name("a");
      Bare.Session one = bare.open();
      Appended own = one.append(line, "x");
      OrderedLines lines = bare.medium.lines();
      NodeBody seen = Bare.look(lines, line, own.own()).orElseThrow();
      assertThat(Bare.replace(lines, line, own.own(), seen, "marked")).isTrue();
      assertThat(Bare.replace(one.session(), line, own.own(), seen, "late")).isFalse();
      NodeBody now = Bare.look(one.session(), line, own.own()).orElseThrow();
      assertThat(now.content()).isEqualTo(Bare.bytes("marked"));
      assertThat(now.number()).isEqualTo(seen.number());
      assertThat(now.version()).isNotEqualTo(seen.version());
      assertThat(one.end()).isTrue();
      assertThat(Bare.look(lines, line, own.own())).as("it went with its session").isEmpty();
      assertThat(Bare.replace(lines, line, own.own(), now, "too late")).isFalse();
    }
  }

  @Test
  void aWatchTellsOnceWhatHappened() throws Exception {
    try (Bare bare = new Bare(server.address())) {
      String line = name("a");
      Bare.Session one = bare.open();
      Bare.Session two = bare.open();
      Appended node = one.append(line, "x");
      ConcurrentLinkedQueue<Boolean> replaced = new ConcurrentLinkedQueue<>();
      ConcurrentLinkedQueue<Boolean> gone = new ConcurrentLinkedQueue<>();
      ConcurrentLinkedQueue<Boolean> ended = new ConcurrentLinkedQueue<>();
      Optional<NodeBody> seen =
          Asked.answer(r -> two.session().watch(LockName.of(line), node.own(), replaced::add, r));
      Cancellable[] watch = new Cancellable[1];
      Optional<NodeBody> again =
          Asked.answer(
              r -> watch[0] = two.session().watch(LockName.of(line), node.own(), ended::add, r));
      watch[0].cancel();
      assertThat(again).isPresent();
      assertThat(Bare.replace(one.session(), line, node.own(), seen.orElseThrow(), "y")).isTrue();
      Await.until("told of the replacement", () -> replaced.contains(false));
      Optional<NodeBody> third =
          Asked.answer(r -> two.session().watch(LockName.of(line), node.own(), gone::add, r));
      assertThat(third).isPresent();
      assertThat(one.end()).isTrue();
      Await.until("told that it is gone", () -> gone.contains(true));
      assertThat(replaced).containsExactly(false);
      assertThat(ended).isEmpty();
      Optional<NodeBody> late =
          Asked.answer(r -> two.session().watch(LockName.of(line), node.own(), gone::add, r));
      assertThat(late).isEmpty();
      assertThat(two.end()).isTrue();
    }
  }

  // ---- sessions

  @Test
  void aSessionIsToldBeforeALaterProofIsAnswered() throws Exception {
    try (Bare bare = new Bare(server.address())) {
      Bare.Session one = bare.open();
      Bare.Session two = bare.open();
      for (int i = 0; i < 50; i++) {
        byte[] hint = Bare.bytes("h" + i);
        boolean told = Asked.answer(reply -> two.session().tell(one.id(), hint, reply));
        assertThat(told).isTrue();
        Moment unused = one.prove();
        assertThat(one.heard().all).contains("told h" + i);
      }
      boolean told =
          Asked.answer(reply -> two.session().tell(new SessionId(1, 1), Bare.bytes("x"), reply));
      assertThat(told).isFalse();
      assertThat(one.end()).isTrue();
      assertThat(two.end()).isTrue();
    }
  }

  @Test
  void proofsGoOnWithTime() throws Exception {
    try (Bare bare = new Bare(server.address())) {
      Moment before = Moment.now(bare.surroundings);
      Bare.Session one = bare.open();
      Moment after = Moment.now(bare.surroundings);
      Moment first = one.prove();
      assertThat(first.nanos()).isBetween(before.nanos(), after.nanos());
      long[] since = {first.nanos()};
      Await.until(
          "proved since a write after it was open",
          () -> {
            since[0] = one.prove().nanos();
            return since[0] > after.nanos();
          });
      assertThat(since[0]).isLessThan(Moment.now(bare.surroundings).nanos());
      assertThat(one.end()).isTrue();
    }
  }

  @Test
  void aSessionThatIsNotHeardOfEndsAndIsToldSo() throws Exception {
    try (FaultProxy proxy = FaultProxy.to(server.endpoint().orElseThrow());
        Bare bare = new Bare(at(proxy));
        Bare other = new Bare(server.address())) {
      String line = name("a");
      Bare.Session one = bare.open(Duration.ofSeconds(1));
      Appended unused = one.append(line, "x");
      proxy.mode(ProxyMode.BLACK_HOLE);
      Await.until("its node is gone", () -> Bare.labels(other.medium.lines(), line).isEmpty());
      proxy.mode(ProxyMode.PASS);
      Await.until("told", () -> one.heard().all.contains("ended"));
      assertThat(failure(one::prove).kind()).isEqualTo(Kind.SESSION_DEAD);
      assertThat(failure(() -> one.append(line, "y")).kind()).isEqualTo(Kind.SESSION_DEAD);
      assertThat(one.end()).isFalse();
    }
  }

  @Test
  void aConnectionThatBreaksIsMadeAgainForTheSameSession() throws Exception {
    try (FaultProxy proxy = FaultProxy.to(server.endpoint().orElseThrow());
        Bare bare = new Bare(at(proxy))) {
      String line = name("a");
      Bare.Session one = bare.open();
      Appended first = one.append(line, "x");
      proxy.resetAll();
      Await.until(
          "told that it may have missed something", () -> one.heard().all.contains("missed"));
      assertThat(Bare.labels(one.session(), line)).containsExactly("x");
      assertThat(one.append(line, "y").line().nodes()).startsWith(first.own()).hasSize(2);
      proxy.dropNextReply();
      StoreException lost = failure(() -> one.append(line, "z"));
      assertThat(lost.kind()).isEqualTo(Kind.UNKNOWN);
      assertThat(Bare.labels(one.session(), line))
          .as("done, and found")
          .containsExactly("x", "y", "z");
      assertThat(one.end()).isTrue();
    }
  }

  // ---- what cannot be

  @Test
  void aTtlThatTheServerDoesNotGiveIsRefused() throws Exception {
    try (Bare bare = new Bare(server.address())) {
      StoreException longer = failure(() -> bare.open(Duration.ofDays(7)));
      assertThat(longer.kind()).isEqualTo(Kind.REFUSED);
      assertThat(longer).hasMessageContainingAll("518400000 ms at most", "maxSessionTimeout");
      StoreException shorter = failure(() -> bare.open(Duration.ofMillis(200)));
      assertThat(shorter.kind()).isEqualTo(Kind.REFUSED);
      assertThat(shorter).hasMessageContainingAll("250 ms or more", "tick");
      Await.until("nothing is left", () -> server.look().sessions() == 0);
    }
  }

  @Test
  void whereNobodyListensThatIsSaidAtOnce() throws Exception {
    try (Bare bare = new Bare("zookeeper://127.0.0.1:1,127.0.0.1:2")) {
      StoreException open = failure(bare::open);
      assertThat(open.kind()).isEqualTo(Kind.UNREACHABLE);
      assertThat(open).hasMessageContainingAll("127.0.0.1:1", "127.0.0.1:2", "refused");
      StoreException list =
          failure(() -> Asked.<List<LockName>>answer(r -> bare.medium.lines().names("", r)));
      assertThat(list.kind()).isEqualTo(Kind.UNREACHABLE);
    }
  }

  @Test
  void whoHasOtherCredentialsIsRefusedInWords() throws Exception {
    String place = server.nodes().get(0).toString();
    String path = "/" + name("owned");
    try (Bare ours = new Bare("zookeeper://me:right-word@" + place + path + "?tick=50ms");
        Bare others = new Bare("zookeeper://me:wrong-word@" + place + path + "?tick=50ms");
        Bare nobody = new Bare("zookeeper://" + place + path + "?tick=50ms")) {
      Bare.Session one = ours.open();
      Appended unused = one.append("a", "x");
      for (Bare stranger : List.of(others, nobody)) {
        StoreException refused = failure(stranger::open);
        assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
        assertThat(refused)
            .hasMessageContainingAll("may not use " + path, "NOAUTH")
            .message()
            .doesNotContain("right-word", "wrong-word");
        StoreException list =
            failure(() -> Asked.<List<LockName>>answer(r -> stranger.medium.lines().names("", r)));
        assertThat(list.kind()).isEqualTo(Kind.REFUSED);
      }
      assertThat(one.end()).isTrue();
    }
  }

  @Test
  void aPathWhereThisClientMayMakeNothingIsRefusedInWords() throws Exception {
    String path = "/" + name("closed");
    try (ZooKeeper client = client();
        Bare bare = new Bare("zookeeper://" + server.nodes().get(0) + path + "/below?tick=50ms")) {
      var unused =
          client.create(path, new byte[0], ZooDefs.Ids.READ_ACL_UNSAFE, CreateMode.PERSISTENT);
      StoreException refused = failure(bare::open);
      assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
      assertThat(refused).hasMessageContainingAll("may not use " + path + "/below", "NOAUTH");
    }
  }

  @Test
  void ownersNeedCredentials() throws Exception {
    String path = "/" + name("unowned");
    try (Bare bare =
        new Bare("zookeeper://" + server.nodes().get(0) + path + "?tick=50ms&acl=auth")) {
      StoreException refused = failure(bare::open);
      assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
      assertThat(refused).hasMessageContainingAll("acl=auth needs credentials");
    }
  }

  @Test
  void aFormatThatIsNotKnownIsRefused() throws Exception {
    String path = "/" + name("newer");
    String address = "zookeeper://" + server.nodes().get(0) + path + "?tick=50ms";
    try (ZooKeeper client = client();
        Bare before = new Bare(address);
        Bare after = new Bare(address)) {
      assertThat(before.open().end()).isTrue();
      var unused = client.setData(path + "/lines", Bare.bytes("2"), -1);
      StoreException refused = failure(after::open);
      assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
      assertThat(refused).hasMessageContainingAll("not in format 1", "newer");
    }
  }

  // ---- what is left

  @Test
  void containersThatWereNeverUsedAreSweptAfterTwoLooks() throws Exception {
    try (ZooKeeper client = client();
        Bare bare = new Bare(server.address())) {
      Bare.Session one = bare.open();
      String line = name("never");
      String path = "/tyer/lines/" + line;
      var unused =
          client.create(path, new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.CONTAINER);
      one.session().sweep();
      Moment first = one.prove();
      assertThat(first).isNotNull();
      Await.until(
          "it is gone",
          () -> {
            one.session().sweep();
            return !server.look().tickets().containsKey(line);
          });
      assertThat(one.end()).isTrue();
    }
  }
}
