package io.tyer.servers.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.PutResponse;
import io.etcd.jetcd.api.RangeRequest;
import io.tyer.testkit.host.Await;
import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import io.tyer.testkit.server.Contents;
import io.tyer.testkit.server.MemberHarm;
import io.tyer.testkit.server.ServerGroup;
import io.tyer.testkit.server.StoreServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Requires(Needs.ETCD)
@Timeout(300)
final class EtcdKindTest {

  private static final ByteString VALUE = ByteString.copyFromUtf8("value");

  @TempDir private Path directory;

  private static void put(EtcdNode node, String key) throws IOException {
    PutRequest put =
        PutRequest.newBuilder().setKey(ByteString.copyFromUtf8(key)).setValue(VALUE).build();
    PutResponse unused =
        node.call(channel -> EtcdNode.within(KVGrpc.newBlockingStub(channel)).put(put));
  }

  private static long count(EtcdNode node, String key) throws IOException {
    RangeRequest read = RangeRequest.newBuilder().setKey(ByteString.copyFromUtf8(key)).build();
    return node.call(channel -> EtcdNode.within(KVGrpc.newBlockingStub(channel)).range(read))
        .getCount();
  }

  @Test
  void oneThatIsKilledComesBackWithWhatItAcknowledged() throws Exception {
    EtcdCluster one = new EtcdKind().start(directory);
    try {
      String address = one.address();
      assertThat(address).isEqualTo("etcd://" + one.nodes().get(0));
      assertThat(one.group()).isEmpty();
      put(one.nodes().get(0), "/kept");
      one.kill();
      assertThat(one.pid()).isEmpty();
      assertThatThrownBy(one::look).isInstanceOf(IOException.class);
      one.start();
      assertThat(one.address()).isEqualTo(address);
      assertThat(count(one.nodes().get(0), "/kept")).isEqualTo(1);
    } finally {
      one.close();
    }
  }

  @Test
  void whatIsNotOfTheStoreIsLitter() throws Exception {
    EtcdCluster one = new EtcdKind().start(directory);
    try {
      assertThat(one.look().isEmpty()).isTrue();
      put(one.nodes().get(0), "/elsewhere");
      assertThat(one.look().isEmpty()).isTrue();
      put(one.nodes().get(0), "/tyer/lines/a%2Fb+c/node");
      put(one.nodes().get(0), "/tyer/sessions/0af/inbox");
      put(one.nodes().get(0), "/tyer/other");
      Contents contents = one.look();
      assertThat(contents.tickets("a/b+c")).isEqualTo(1);
      assertThat(contents.sessions()).isZero();
      assertThat(contents.litter())
          .contains("key /tyer/other", "inbox of no session 0af")
          .contains("key /tyer/lines/a%2Fb+c/node without a lease");
    } finally {
      one.close();
    }
  }

  @Test
  void anotherOneLeadsWhenTheLeaderIsStruck() throws Exception {
    EtcdCluster three = new EtcdTrioKind().start(directory);
    try {
      assertThat(three.endpoint()).isEmpty();
      EtcdNode first = three.awaitLeader();
      put(first, "/kept");
      three.kill();
      assertThat(first.process().isRunning()).isFalse();
      EtcdNode second = three.awaitLeader();
      assertThat(second).isNotEqualTo(first);
      assertThat(count(second, "/kept")).isEqualTo(1);
      three.start();
      assertThat(first.process().isRunning()).isTrue();
      EtcdNode paused = three.awaitLeader();
      StoreServer.Stopped stopped = three.pause();
      Await.until(
          "another one leads",
          () ->
              three.nodes().stream().filter(node -> node != paused).anyMatch(EtcdKindTest::leads));
      stopped.resume();
      ServerGroup group = three.group().orElseThrow();
      group.restartEach();
      group.killAll();
      three.start();
      assertThat(count(three.awaitLeader(), "/kept")).isEqualTo(1);
      assertThat(group.cannot(MemberHarm.CUT_OFF)).isPresent();
    } finally {
      three.close();
    }
  }

  /** Who leads may not know yet that he cannot. */
  private static boolean goesOn(EtcdCluster three) {
    try {
      put(three.awaitLeader(), "/during");
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean leads(EtcdNode node) {
    try {
      return node.leadsSince().isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  @Requires({Needs.ETCD, Needs.NETWORKS, Needs.MOUNTS})
  void aLeaderOnItsOwnHostIsCutOffAndItsDiskFilled() throws Exception {
    EtcdCluster three = new EtcdHostsKind().start(directory);
    try {
      ServerGroup group = three.group().orElseThrow();
      for (MemberHarm harm : new MemberHarm[] {MemberHarm.CUT_OFF, MemberHarm.DISK_FULL}) {
        put(three.awaitLeader(), "/" + harm);
        ServerGroup.Harmed harmed = group.harmLeader(harm);
        Await.until("most members go on with " + harm, () -> goesOn(three));
        harmed.undo();
        assertThat(count(three.awaitLeader(), "/" + harm)).isEqualTo(1);
      }
    } finally {
      three.close();
    }
  }
}
