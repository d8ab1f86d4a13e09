package io.tyer.store.zookeeper;

import io.tyer.servers.group.MemberProxies;
import io.tyer.servers.zookeeper.ZooKeeperGroup;
import io.tyer.testkit.contract.Feature;
import io.tyer.testkit.contract.Seat;
import io.tyer.testkit.contract.SharedServer;
import io.tyer.testkit.contract.StoreUnderTest;
import io.tyer.testkit.server.Contents;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;

/** A store at a path of its own on members that stay when it is closed. */
final class ZooKeeperUnderTest implements StoreUnderTest {

  private static final Duration SWEPT_WITHIN = Duration.ofSeconds(10);

  private final SharedServer<ZooKeeperGroup> shared;
  private final ZooKeeperGroup server;
  private final String root;

  ZooKeeperUnderTest(SharedServer<ZooKeeperGroup> shared) throws IOException {
    this.shared = shared;
    this.server = shared.get();
    this.root = "/stores/number-" + shared.nextStore();
  }

  @Override
  public String kind() {
    return shared.kind().name();
  }

  /** A proxy before each member. */
  @Override
  public Seat seat() {
    MemberProxies proxies = MemberProxies.before(server);
    return proxies.seat(
        ZooKeeperGroup.address(proxies.places(), root), new ZooKeeperStoreProvider());
  }

  /** Containers that are empty go when the server looks next, which it does all the time here. */
  @Override
  public Contents look() throws IOException {
    long start = System.nanoTime();
    Contents contents = server.look(root);
    while (contents.tickets().containsValue(0)
        && System.nanoTime() - start < SWEPT_WITHIN.toNanos()) {
      contents = server.look(root);
    }
    return contents;
  }

  @Override
  public Optional<String> whyNot(Feature feature) {
    return feature == Feature.WEEK
        ? Optional.of("ZooKeeper's client counts a session's time-out up to six days")
        : Optional.empty();
  }

  /** What the client library says of connections that break, and of members that are down. */
  @Override
  public List<String> expectedWarnings() {
    return List.of(
        "Closing socket connection",
        "timed out, have not heard from server",
        "Unable to reconnect to ZooKeeper service, session .* has expired");
  }

  @Override
  public void restart() throws IOException {
    server.kill();
    server.start();
  }

  /** The container with all that stands in it, as {@code deleteall} of zkCli does. */
  @Override
  @SuppressWarnings("try") // Closing a client of ZooKeeper may be interrupted.
  public void removeLine(String name) throws Exception {
    CountDownLatch connected = new CountDownLatch(1);
    try (ZooKeeper client =
        new ZooKeeper(
            server.awaitLeader().toString(),
            30_000,
            event -> {
              if (event.getState() == KeeperState.SyncConnected) {
                connected.countDown();
              }
            })) {
      connected.await();
      String line = new Paths(root).line(io.tyer.line.LockName.of(name));
      for (String node : client.getChildren(line, false)) {
        client.delete(line + "/" + node, -1);
      }
    }
  }

  @Override
  public void close() {
    // The members are everybody's.
  }
}
