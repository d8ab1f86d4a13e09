package io.tyer.store.etcd;

import static io.tyer.testkit.contract.Asked.answer;
import static io.tyer.testkit.contract.Asked.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.LeaseRevokeRequest;
import io.etcd.jetcd.api.PutRequest;
import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.servers.etcd.EtcdCluster;
import io.tyer.servers.etcd.EtcdNode;
import io.tyer.servers.etcd.EtcdOptions;
import io.tyer.spi.LineStoreProvider.Settings;
import io.tyer.spi.Moment;
import io.tyer.spi.Reply;
import io.tyer.spi.StoreAddress;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.spi.Surroundings;
import io.tyer.store.ordered.Appended;
import io.tyer.store.ordered.LineNodes;
import io.tyer.store.ordered.NodeBody;
import io.tyer.store.ordered.OrderedNode;
import io.tyer.store.ordered.OrderedSession;
import io.tyer.surroundings.SystemSurroundings;
import io.tyer.testkit.contract.Asked;
import io.tyer.testkit.fault.FaultProxy;
import io.tyer.testkit.fault.ProxyMode;
import io.tyer.testkit.host.Await;
import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the adapter is promised, on a member of etcd that is looked into past the medium. */
@Requires(Needs.ETCD)
@SuppressWarnings("NonFinalStaticField") // set once, before all
@Timeout(180)
class EtcdMediumTest {

  private static final LockName LINE = LockName.of("a line/with % and ü");
  private static final Duration TTL = Duration.ofSeconds(30);
  private static final Surroundings SURROUNDINGS = new SystemSurroundings(null);

  @TempDir private static Path directory;
  private static EtcdCluster cluster;

  private EtcdMedium medium;
  private final Told told = new Told();

  @BeforeAll
  static void start() throws IOException {
    cluster = EtcdCluster.start(directory, 1, EtcdOptions.none());
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void open() {
    medium = medium(cluster.address());
  }

  @AfterEach
  void close() throws Exception {
    medium.close();
  }

  static EtcdMedium medium(String address) {
    Settings settings =
        new Settings(SURROUNDINGS, TTL, Duration.ofSeconds(30), Duration.ofSeconds(30));
    return new EtcdMedium(
        Calls.of(EtcdAddress.of(StoreAddress.parse(address)), settings, member -> member));
  }

  private static SessionId id() {
    return new SessionId(SURROUNDINGS.nextLong(), SURROUNDINGS.nextLong());
  }

  private OrderedSession session() throws Exception {
    return answer(reply -> medium.open(id(), TTL, "owner", told, reply));
  }

  private static Appended append(OrderedSession session, String label) throws Exception {
    return Asked.<Optional<Appended>>answer(
            reply -> session.append(LINE, label, bytes("body of " + label), null, reply))
        .orElseThrow();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static LineNodes read(OrderedSession session) throws Exception {
    return answer(reply -> session.read(LINE, true, reply));
  }

  private static List<String> labels(LineNodes line) {
    return line.nodes().stream().map(OrderedNode::label).toList();
  }

  private static <T> T ask(Function<KVGrpc.KVBlockingStub, T> question) throws IOException {
    EtcdNode node = cluster.nodes().get(0);
    return node.call(channel -> question.apply(EtcdNode.within(KVGrpc.newBlockingStub(channel))));
  }

  private static KeyValue keyOf(OrderedNode node) throws IOException {
    ByteString key = new Keys("/tyer").node(LINE, node.key());
    return ask(kv -> kv.range(Requests.read(key))).getKvs(0);
  }

  @Test
  void nodesAreReadInTheOrderInWhichTheyWereAppended() throws Exception {
    OrderedSession one = session();
    OrderedSession other = session();
    Appended first = append(one, "z");
    Appended second = append(other, "a");
    assertThat(second.body().number()).isGreaterThan(first.body().number());
    assertThat(labels(second.line())).containsExactly("z", "a");
    assertThat(labels(read(one))).containsExactly("z", "a");
    assertThat(first.own().key()).isNotEqualTo(second.own().key());
    assertThat(Asked.<List<LockName>>answer(reply -> medium.lines().names("a line/", reply)))
        .containsExactly(LINE);
    assertThat(Asked.<List<LockName>>answer(reply -> medium.lines().names("b", reply))).isEmpty();
    assertThat(Asked.<Boolean>answer(reply -> one.remove(LINE, second.own(), reply))).isTrue();
    assertThat(Asked.<Boolean>answer(reply -> one.remove(LINE, second.own(), reply))).isFalse();
    assertThat(Asked.<Boolean>answer(other::end)).isTrue();
    assertThat(Asked.<Boolean>answer(one::end)).isTrue();
    assertThat(cluster.look().isEmpty()).isTrue();
  }

  @Test
  void aTryAppendsNothingToALineThatHasChanged() throws Exception {
    OrderedSession session = session();
    LineNodes empty = read(session);
    Appended first = append(session, "first");
    assertThat(
            Asked.<Optional<Appended>>answer(
                reply -> session.append(LINE, "second", bytes(""), empty, reply)))
        .isEmpty();
    LineNodes now = read(session);
    assertThat(labels(now)).containsExactly("first");
    assertThat(
            Asked.<Optional<Appended>>answer(
                reply -> session.append(LINE, "third", bytes(""), now, reply)))
        .isPresent();
    LineNodes both = read(session);
    assertThat(
            Asked.<Boolean>answer(
                reply -> session.replace(LINE, first.own(), first.body(), bytes("new"), reply)))
        .isTrue();
    assertThat(
            Asked.<Optional<Appended>>answer(
                reply -> session.append(LINE, "fourth", bytes(""), both, reply)))
        .as("after a node was replaced")
        .isEmpty();
    assertThat(Asked.<Boolean>answer(session::end)).isTrue();
  }

  @Test
  void whatAnOperatorReplacesStaysItsSessions() throws Exception {
    OrderedSession session = session();
    Appended mine = append(session, "mine");
    long lease = keyOf(mine.own()).getLease();
    assertThat(lease).isPositive();
    try (EtcdMedium operator = medium(cluster.address())) {
      assertThat(
              Asked.<Boolean>answer(
                  reply ->
                      operator
                          .lines()
                          .replace(LINE, mine.own(), mine.body(), bytes("marked"), reply)))
          .isTrue();
      assertThat(
              Asked.<Boolean>answer(
                  reply ->
                      operator.lines().replace(LINE, mine.own(), mine.body(), bytes("x"), reply)))
          .as("by who has not seen the mark")
          .isFalse();
    }
    KeyValue now = keyOf(mine.own());
    assertThat(now.getLease()).isEqualTo(lease);
    assertThat(now.getValue().toStringUtf8()).isEqualTo("marked");
    assertThat(now.getCreateRevision()).isEqualTo(mine.body().number());
    assertThat(Asked.<Boolean>answer(session::end)).isTrue();
    assertThat(cluster.look().isEmpty()).isTrue();
  }

  @Test
  void whatWasToldIsToldBeforeTheNextProof() throws Exception {
    SessionId id = id();
    OrderedSession session = answer(reply -> medium.open(id, TTL, "owner", told, reply));
    for (int i = 0; i < 20; i++) {
      String hint = "hint" + i;
      assertThat(Asked.<Boolean>answer(reply -> medium.lines().tell(id, bytes(hint), reply)))
          .isTrue();
      Moment before = Moment.now(SURROUNDINGS);
      Moment proved = answer(session::prove);
      assertThat(proved.nanos() - before.nanos()).isNotNegative();
      assertThat(told.all).containsAnyOf("told " + hint, "missed");
    }
    assertThat(Asked.<Boolean>answer(session::end)).isTrue();
    assertThat(Asked.<Boolean>answer(reply -> medium.lines().tell(id, bytes("late"), reply)))
        .isFalse();
    assertThat(Asked.<Boolean>answer(session::end)).isFalse();
    assertThat(told.all).doesNotContain("ended");
  }

  @Test
  void aSessionWhoseLeaseIsRevokedIsToldSo() throws Exception {
    OrderedSession session = session();
    Appended mine = append(session, "mine");
    long lease = keyOf(mine.own()).getLease();
    var unused =
        cluster
            .nodes()
            .get(0)
            .call(
                channel ->
                    EtcdNode.within(LeaseGrpc.newBlockingStub(channel))
                        .leaseRevoke(LeaseRevokeRequest.newBuilder().setID(lease).build()));
    Await.until("it is told", () -> told.all.contains("ended"));
    assertThat(failure(reply -> session.prove(cast(reply))).kind()).isEqualTo(Kind.SESSION_DEAD);
    StoreException late =
        failure(reply -> session.append(LINE, "late", bytes(""), null, cast(reply)));
    assertThat(late.kind()).isEqualTo(Kind.SESSION_DEAD);
  }

  @SuppressWarnings("unchecked") // Nobody looks at what is answered.
  static <T> Reply<T> cast(Reply<Object> reply) {
    return (Reply<T>) (Reply<?>) reply;
  }

  @Test
  void aWatchIsToldOnceOfAChangeAndOfTheEnd() throws Exception {
    OrderedSession holder = session();
    OrderedSession waiter = session();
    Appended held = append(holder, "held");
    List<Boolean> seen = new CopyOnWriteArrayList<>();
    Optional<NodeBody> body =
        answer(
            reply -> {
              var unused = waiter.watch(LINE, held.own(), seen::add, reply);
            });
    assertThat(body.orElseThrow().version()).isEqualTo(held.body().version());
    assertThat(
            Asked.<Boolean>answer(
                reply -> holder.replace(LINE, held.own(), held.body(), bytes("new"), reply)))
        .isTrue();
    Await.until("the change is seen", () -> seen.equals(List.of(false)));
    OrderedNode listed = read(waiter).nodes().get(0);
    body =
        answer(
            reply -> {
              var unused = waiter.watch(LINE, listed, seen::add, reply);
            });
    assertThat(new String(body.orElseThrow().content(), StandardCharsets.UTF_8)).isEqualTo("new");
    assertThat(Asked.<Boolean>answer(holder::end)).isTrue();
    Await.until("the end is seen", () -> seen.equals(List.of(false, true)));
    OrderedNode bare = new OrderedNode(held.own().key(), held.own().label(), null);
    body =
        answer(
            reply -> {
              var unused = waiter.watch(LINE, bare, seen::add, reply);
            });
    assertThat(body).isEmpty();
    assertThat(Asked.<Boolean>answer(waiter::end)).isTrue();
  }

  @Test
  void aWatchThatBeginsBeforeWhatWasCompactedGoesOn() throws Exception {
    OrderedSession holder = session();
    OrderedSession waiter = session();
    Appended held = append(holder, "held");
    compact();
    List<Boolean> seen = new CopyOnWriteArrayList<>();
    Optional<NodeBody> body =
        answer(
            reply -> {
              var unused = waiter.watch(LINE, held.own(), seen::add, reply);
            });
    assertThat(body).isPresent();
    // What was asked for first is answered first.
    assertThat(labels(read(waiter))).containsExactly("held");
    assertThat(seen).isEmpty();
    assertThat(Asked.<Boolean>answer(holder::end)).isTrue();
    Await.until("the end is seen", () -> seen.equals(List.of(true)));
    assertThat(Asked.<Boolean>answer(waiter::end)).isTrue();
  }

  /** Forgets all that was. */
  private static void compact() throws IOException {
    long revision =
        ask(kv ->
                kv.put(
                    PutRequest.newBuilder().setKey(ByteString.copyFromUtf8("/elsewhere")).build()))
            .getHeader()
            .getRevision();
    var unused =
        ask(kv -> kv.compact(CompactionRequest.newBuilder().setRevision(revision).build()));
  }

  @Test
  void whatWasCompactedWhileTheWatchWasBrokenIsLookedForAgain() throws Exception {
    InetSocketAddress at = cluster.endpoint().orElseThrow();
    OrderedSession holder = session();
    Appended held = append(holder, "held");
    Told other = new Told();
    SessionId id = id();
    try (FaultProxy proxy = FaultProxy.to(at);
        EtcdMedium through = medium(cluster.addressAt("127.0.0.1", proxy.address().getPort()))) {
      OrderedSession waiter = answer(reply -> through.open(id, TTL, "owner", other, reply));
      List<Boolean> seen = new CopyOnWriteArrayList<>();
      Optional<NodeBody> body =
          answer(
              reply -> {
                var unused = waiter.watch(LINE, held.own(), seen::add, reply);
              });
      assertThat(body).isPresent();
      proxy.mode(ProxyMode.REFUSE);
      proxy.resetAll();
      assertThat(Asked.<Boolean>answer(reply -> medium.lines().tell(id, bytes("one"), reply)))
          .isTrue();
      assertThat(Asked.<Boolean>answer(reply -> medium.lines().tell(id, bytes("two"), reply)))
          .isTrue();
      assertThat(Asked.<Boolean>answer(reply -> holder.remove(LINE, held.own(), reply))).isTrue();
      compact();
      proxy.mode(ProxyMode.PASS);
      Await.until("the watch is ended", () -> seen.size() == 1);
      Await.until("the inbox is looked at", () -> other.all.contains("missed"));
      OrderedNode bare = new OrderedNode(held.own().key(), held.own().label(), null);
      body =
          answer(
              reply -> {
                var unused = waiter.watch(LINE, bare, seen::add, reply);
              });
      assertThat(body).isEmpty();
      // What is said before the watch stands again is read, and told as missed only.
      Await.until(
          "it is told again",
          () -> {
            assertThat(
                    Asked.<Boolean>answer(reply -> medium.lines().tell(id, bytes("three"), reply)))
                .isTrue();
            return other.all.contains("told three");
          });
      assertThat(Asked.<Boolean>answer(waiter::end)).isTrue();
    }
    assertThat(Asked.<Boolean>answer(holder::end)).isTrue();
  }
}
