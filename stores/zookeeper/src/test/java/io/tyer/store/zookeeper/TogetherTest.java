package io.tyer.store.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.Lease;
import io.tyer.Tyer;
import io.tyer.line.LockName;
import io.tyer.servers.zookeeper.ZooKeeperGroup;
import io.tyer.servers.zookeeper.ZooKeeperKind;
import io.tyer.store.ordered.Appended;
import io.tyer.store.ordered.LineNodes;
import io.tyer.store.ordered.OrderedNode;
import io.tyer.testkit.contract.Asked;
import java.nio.file.Path;
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
@Timeout(180)
class TogetherTest {

  private static final int APPENDS = 200;

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

  /** All creates of one transaction would have one czxid. */
  @Test
  void eachOfManyAppendsAtOnceHasANumberOfItsOwn() throws Exception {
    LockName line = LockName.of("line");
    try (Bare bare = new Bare(server.address())) {
      List<Bare.Session> sessions = List.of(bare.open(), bare.open());
      List<CompletableFuture<Optional<Appended>>> asked = new ArrayList<>();
      for (int i = 0; i < APPENDS; i++) {
        for (Bare.Session one : sessions) {
          asked.add(
              Asked.begin(
                  reply -> one.session().append(line, "x", Bare.bytes("body"), null, reply)));
        }
      }
      List<Appended> nodes = new ArrayList<>();
      for (CompletableFuture<Optional<Appended>> one : asked) {
        nodes.add(Asked.get(one).orElseThrow());
      }
      assertThat(nodes).extracting(node -> node.body().number()).doesNotHaveDuplicates();
      nodes.sort(Comparator.comparingLong(node -> node.body().number()));
      List<String> byNumber = nodes.stream().map(node -> node.own().key()).toList();
      LineNodes read = Asked.answer(reply -> bare.medium.lines().read(line, true, reply));
      assertThat(read.nodes()).extracting(OrderedNode::key).containsExactlyElementsOf(byNumber);
      for (Bare.Session one : sessions) {
        assertThat(one.end()).isTrue();
      }
    }
  }

  @Test
  void twoPathsDoNotSeeEachOther() throws Exception {
    String place = server.nodes().get(0).toString();
    String options = "&connect-timeout=60s&operation-timeout=60s";
    try (Tyer one = Tyer.open(ZooKeeperGroup.address(List.of(place), "/team/one") + options);
        Tyer other = Tyer.open(ZooKeeperGroup.address(List.of(place), "/team/other") + options);
        Lease first = one.lock("a").acquire();
        Lease second = other.lock("a").acquire()) {
      first.checkValid();
      second.checkValid();
      assertThat(one.operator().locks("")).hasSize(1);
      assertThat(server.look("/team/one").tickets()).containsOnlyKeys("a");
      assertThat(server.look("/team/other").tickets()).containsOnlyKeys("a");
      assertThat(server.look().tickets()).doesNotContainKey("a");
    }
  }
}
