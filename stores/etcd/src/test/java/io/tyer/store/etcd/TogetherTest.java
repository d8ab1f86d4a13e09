package io.tyer.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.Lease;
import io.tyer.Tyer;
import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.servers.etcd.EtcdCluster;
import io.tyer.servers.etcd.EtcdOptions;
import io.tyer.store.ordered.Appended;
import io.tyer.store.ordered.LineNodes;
import io.tyer.store.ordered.OrderedNode;
import io.tyer.store.ordered.OrderedSession;
import io.tyer.testkit.contract.Asked;
import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What many ask for at once, and at places that are not each other's. */
@Requires(Needs.ETCD)
@SuppressWarnings("NonFinalStaticField") // set once, before all
@Timeout(180)
class TogetherTest {

  private static final int APPENDS = 200;

  @TempDir private static Path directory;
  private static EtcdCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = EtcdCluster.start(directory, 1, EtcdOptions.none());
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static OrderedSession session(EtcdMedium medium, long id) throws Exception {
    return Asked.answer(
        reply ->
            medium.open(new SessionId(id, id), Duration.ofSeconds(30), "owner", new Told(), reply));
  }

  /** All puts of one transaction would have one create revision. */
  @Test
  void eachOfManyAppendsAtOnceHasANumberOfItsOwn() throws Exception {
    LockName line = LockName.of("line");
    byte[] body = "body".getBytes(StandardCharsets.US_ASCII);
    try (EtcdMedium medium = EtcdMediumTest.medium(cluster.address())) {
      List<OrderedSession> sessions = List.of(session(medium, 1), session(medium, 2));
      List<CompletableFuture<Optional<Appended>>> asked = new ArrayList<>();
      for (int i = 0; i < APPENDS; i++) {
        for (OrderedSession one : sessions) {
          asked.add(Asked.begin(reply -> one.append(line, "x", body, null, reply)));
        }
      }
      List<Appended> nodes = new ArrayList<>();
      for (CompletableFuture<Optional<Appended>> one : asked) {
        nodes.add(Asked.get(one).orElseThrow());
      }
      assertThat(nodes).extracting(node -> node.body().number()).doesNotHaveDuplicates();
      nodes.sort(Comparator.comparingLong(node -> node.body().number()));
      List<String> byNumber = nodes.stream().map(node -> node.own().key()).toList();
      LineNodes read = Asked.answer(reply -> medium.lines().read(line, true, reply));
      assertThat(read.nodes()).extracting(OrderedNode::key).containsExactlyElementsOf(byNumber);
      for (OrderedSession one : sessions) {
        assertThat(Asked.<Boolean>answer(one::end)).isTrue();
      }
    }
  }

  @Test
  void twoPathsKnowNothingOfEachOther() throws Exception {
    String options = "?connect-timeout=60s&operation-timeout=60s";
    try (Tyer one = Tyer.open(cluster.address() + "/team/one" + options);
        Tyer longer = Tyer.open(cluster.address() + "/team/one/more" + options);
        Lease first = one.lock("a").acquire();
        Lease second = longer.lock("a").acquire()) {
      first.checkValid();
      second.checkValid();
      assertThat(one.operator().locks("")).hasSize(1);
      assertThat(longer.operator().locks("")).hasSize(1);
    }
  }
}
