package io.tyer.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.RangeResponse;
import io.tyer.Lease;
import io.tyer.OptionalLease;
import io.tyer.Tyer;
import io.tyer.TyerException;
import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.servers.etcd.EtcdCluster;
import io.tyer.servers.etcd.EtcdHostsKind;
import io.tyer.servers.etcd.EtcdNode;
import io.tyer.spi.LineStoreProvider.Settings;
import io.tyer.spi.Moment;
import io.tyer.spi.StoreAddress;
import io.tyer.spi.StoreException;
import io.tyer.store.ordered.Appended;
import io.tyer.store.ordered.LineNodes;
import io.tyer.store.ordered.OrderedNode;
import io.tyer.store.ordered.OrderedSession;
import io.tyer.surroundings.SystemSurroundings;
import io.tyer.testkit.contract.Asked;
import io.tyer.testkit.host.Await;
import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import io.tyer.testkit.server.MemberHarm;
import io.tyer.testkit.server.ServerGroup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The member that leads is cut off from the others, and goes on to answer its clients. */
@Tag("full")
@Requires({Needs.ETCD, Needs.NETWORKS, Needs.MOUNTS})
@SuppressWarnings("NonFinalStaticField") // set once, before all
@Timeout(240)
class CutLeaderTest {

  private static final LockName LINE = LockName.of("a");
  private static final Duration TTL = Duration.ofSeconds(3);
  private static final SystemSurroundings SURROUNDINGS = new SystemSurroundings(null);

  @TempDir private static Path directory;
  private static EtcdCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = new EtcdHostsKind().start(directory);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static String others(EtcdNode leader) {
    return "etcd://"
        + cluster.nodes().stream()
            .filter(node -> node != leader)
            .map(EtcdNode::toString)
            .collect(Collectors.joining(","));
  }

  private static EtcdMedium medium(String address, Duration timeout) {
    Settings settings = new Settings(SURROUNDINGS, TTL, Duration.ofSeconds(30), timeout);
    return new EtcdMedium(
        Calls.of(EtcdAddress.of(StoreAddress.parse(address)), settings, member -> member));
  }

  private static ServerGroup.Harmed cutOff() throws Exception {
    return cluster.group().orElseThrow().harmLeader(MemberHarm.CUT_OFF);
  }

  private static List<String> labels(EtcdMedium medium) throws Exception {
    LineNodes line = Asked.answer(reply -> medium.lines().read(LINE, true, reply));
    return line.nodes().stream().map(OrderedNode::label).toList();
  }

  /** Whether a client goes on to be served by those that are left. */
  private static boolean isEmpty(EtcdMedium medium) throws Exception {
    try {
      return labels(medium).isEmpty();
    } catch (StoreException e) {
      return false;
    }
  }

  /**
   * The leader that is cut off answers keep-alives until it knows; what those that follow do may
   * not come before what was proved.
   */
  @RepeatedTest(3)
  void theNextLeaderEndsNoSessionBeforeItsProofIsOver() throws Exception {
    EtcdNode leader = cluster.awaitLeader();
    Told told = new Told();
    try (EtcdMedium cut = medium("etcd://" + leader, Duration.ofMillis(500));
        EtcdMedium beside = medium(others(leader), Duration.ofSeconds(10))) {
      SessionId id = new SessionId(SURROUNDINGS.nextLong(), SURROUNDINGS.nextLong());
      OrderedSession session =
          Asked.answer(reply -> cut.open(id, Duration.ofSeconds(3), "owner", told, reply));
      Optional<Appended> mine =
          Asked.answer(reply -> session.append(LINE, "x", new byte[0], null, reply));
      assertThat(mine).isPresent();
      Moment proved = Asked.answer(session::prove);
      ServerGroup.Harmed harm = cutOff();
      try {
        // It may have answered before it was cut off altogether.
        proved = last(session, proved);
        Await.until("the node is gone", () -> isEmpty(beside));
        long gone = SURROUNDINGS.nanoTime();
        assertThat(Duration.ofNanos(gone - proved.nanos())).isGreaterThanOrEqualTo(TTL);
      } finally {
        harm.undo();
      }
      Await.until("told", () -> told.all.contains("ended"));
    }
  }

  /** The last moment that is proved, until nothing is any more. */
  private static Moment last(OrderedSession session, Moment proved) throws Exception {
    try {
      while (true) {
        proved = Asked.answer(session::prove);
      }
    } catch (StoreException e) {
      assertThat(e.kind()).isIn(StoreException.Kind.UNREACHABLE, StoreException.Kind.UNKNOWN);
      return proved;
    }
  }

  @Test
  void whatItStillAnswersGrantsNobody() throws Exception {
    EtcdNode leader = cluster.awaitLeader();
    String patience = "?ttl=30s&operation-timeout=2s&connect-timeout=30s";
    try (Tyer holder = Tyer.open(others(leader) + patience);
        Tyer behind = Tyer.open("etcd://" + leader + patience)) {
      try (Lease other = behind.lock("another").acquire()) {
        other.checkValid();
      }
      ServerGroup.Harmed harm = cutOff();
      try {
        // It answers by what it knows ...
        RangeResponse known =
            leader.call(
                channel ->
                    EtcdNode.within(KVGrpc.newBlockingStub(channel))
                        .range(
                            Requests.readAll(new Keys("/tyer").line(LINE)).toBuilder()
                                .setSerializable(true)
                                .build()));
        assertThat(known.getKvsCount()).isZero();
        // ... and cannot know that this is free, or make it so.
        assertThatThrownBy(() -> behind.lock("b").tryAcquire()).isInstanceOf(TyerException.class);
        Lease[] held = new Lease[1];
        Await.until("the others go on", () -> granted(holder, held));
        assertThatThrownBy(() -> behind.lock("b").tryAcquire()).isInstanceOf(TyerException.class);
        held[0].checkValid();
        held[0].close();
      } finally {
        harm.undo();
      }
      Lease[] again = new Lease[1];
      Await.until("it grants again", () -> granted(behind, again));
      again[0].close();
    }
  }

  private static boolean granted(Tyer tyer, Lease[] to) throws Exception {
    try {
      OptionalLease lease = tyer.lock("b").tryAcquire();
      lease.ifPresent(one -> to[0] = one);
      return lease.isPresent();
    } catch (TyerException e) {
      return false;
    }
  }
}
