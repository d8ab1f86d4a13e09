package io.tyer.servers.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.servers.process.Until;
import io.tyer.testkit.server.Contents;
import io.tyer.testkit.server.ServerGroup;
import io.tyer.testkit.server.StoreServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // Closing a client of ZooKeeper may be interrupted.
@Timeout(240)
final class ZooKeeperKindsTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private Path directory;

  private static ZooKeeper client(ZooKeeperNode node) throws Exception {
    CountDownLatch connected = new CountDownLatch(1);
    ZooKeeper client =
        new ZooKeeper(
            node.toString(),
            30_000,
            event -> {
              if (event.getState() == KeeperState.SyncConnected) {
                connected.countDown();
              }
            });
    assertThat(connected.await(60, TimeUnit.SECONDS)).isTrue();
    return client;
  }

  private static void make(ZooKeeper client, String path, CreateMode mode) throws Exception {
    var unused = client.create(path, new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, mode);
  }

  private static void makeStore(ZooKeeper client) throws Exception {
    make(client, "/tyer", CreateMode.PERSISTENT);
    make(client, "/tyer/lines", CreateMode.PERSISTENT);
    make(client, "/tyer/sessions", CreateMode.PERSISTENT);
    make(client, "/tyer/inboxes", CreateMode.PERSISTENT);
  }

  @Test
  void oneKeepsWhatItAcknowledgedAndIsLookedInto() throws Exception {
    try (ZooKeeperGroup server = new ZooKeeperKind().start(directory)) {
      assertThat(server.look().isEmpty()).isTrue();
      assertThat(server.group()).isEmpty();
      assertThat(server.address())
          .isEqualTo("zookeeper://%s?tick=50ms", server.nodes().get(0).toString());
      try (ZooKeeper client = client(server.nodes().get(0))) {
        makeStore(client);
        make(client, "/tyer/lines/a%2Fb", CreateMode.PERSISTENT);
        make(client, "/tyer/lines/a%2Fb/x-", CreateMode.PERSISTENT_SEQUENTIAL);
        make(client, "/tyer/sessions/1", CreateMode.PERSISTENT);
        make(client, "/tyer/inboxes/2", CreateMode.PERSISTENT);
      }
      server.kill();
      assertThat(server.pid()).isEmpty();
      assertThatThrownBy(server::look).isInstanceOf(IOException.class);
      server.start();
      Contents contents = server.look();
      assertThat(contents.tickets()).isEqualTo(Map.of("a/b", 1));
      assertThat(contents.sessions()).isEqualTo(1);
      assertThat(contents.litter()).containsExactly("the inbox of nobody, 2");
    }
  }

  @Test
  void aContainerGoesSoonAfterItsLastNode() throws Exception {
    try (ZooKeeperGroup server = new ZooKeeperKind().start(directory);
        ZooKeeper client = client(server.nodes().get(0))) {
      makeStore(client);
      make(client, "/tyer/lines/a", CreateMode.CONTAINER);
      make(client, "/tyer/lines/a/x", CreateMode.PERSISTENT);
      client.delete("/tyer/lines/a/x", -1);
      Until.holds("it is gone", LIMIT, () -> server.look().isEmpty());
    }
  }

  @Test
  @Tag("full")
  void anotherMemberLeadsOnceTheLeaderIsDeadOrStopped() throws Exception {
    try (ZooKeeperGroup server = new ZooKeeperTrioKind().start(directory)) {
      ZooKeeperNode first = server.awaitLeader();
      server.kill();
      assertThat(first.process().isRunning()).isFalse();
      ZooKeeperNode second = server.awaitLeader();
      assertThat(second).isNotSameAs(first);
      server.start();
      StoreServer.Stopped stopped = server.pause();
      Until.holds(
          "another one leads", LIMIT, () -> server.leader().filter(n -> n != second).isPresent());
      stopped.resume();
      Until.holds("it follows", LIMIT, () -> second.serves() && !second.leads());
      ServerGroup group = server.group().orElseThrow();
      group.restartEach();
      group.killAll();
      server.start();
      assertThat(server.look().isEmpty()).isTrue();
    }
  }
}
