package io.tyer.benchmarks.server;

import io.tyer.benchmarks.play.Address;
import io.tyer.servers.zookeeper.ZooKeeperGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZKUtil;
import org.apache.zookeeper.ZooKeeper;

/** An ensemble of three members of ZooKeeper with default settings, in directories of their own. */
public final class OwnZooKeeper implements OwnServer {

  public static final String SCHEME = "zookeeper";

  /** The scheme of Curator's lock. */
  public static final String CURATOR = "curator";

  /** The scheme of bare nodes. */
  public static final String NODES = "zookeeper-nodes";

  private static final int MEMBERS = 3;
  private static final List<String> JAVA = List.of("-Xmx256m");
  private static final long START_MILLIS = 60_000;
  private static final int SESSION_MILLIS = 30_000;

  private final Path directory;
  private final ZooKeeperGroup group;
  private final Address address;

  private OwnZooKeeper(Path directory, ZooKeeperGroup group) {
    this.directory = directory;
    this.group = group;
    this.address = new Address(SCHEME, "//" + group, "");
  }

  static OwnZooKeeper start() throws IOException {
    Path directory = Files.createTempDirectory("tyer-zookeeper-");
    try {
      return new OwnZooKeeper(directory, ZooKeeperGroup.startToMeasure(directory, MEMBERS, JAVA));
    } catch (IOException | RuntimeException e) {
      Directories.remove(directory);
      throw e;
    }
  }

  @Override
  public String location() {
    return address.location();
  }

  @Override
  public String keeps() throws IOException {
    return Directories.described(directory) + ", " + String.join(" ", JAVA);
  }

  /** Removes all that is not ZooKeeper's own. */
  @Override
  public void clear() throws IOException {
    try (Group asked = Group.at(address)) {
      clear(asked.awaitLeader(START_MILLIS));
    }
  }

  @SuppressWarnings("try") // Closing a client of ZooKeeper may be interrupted.
  private static void clear(String leader) throws IOException {
    CountDownLatch connected = new CountDownLatch(1);
    try (ZooKeeper client =
        new ZooKeeper(
            leader,
            SESSION_MILLIS,
            event -> {
              if (event.getState() == KeeperState.SyncConnected) {
                connected.countDown();
              }
            })) {
      if (!connected.await(START_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new IOException("ZooKeeper takes no session");
      }
      for (String child : client.getChildren("/", false)) {
        if (!child.equals("zookeeper")) {
          boolean unused = ZKUtil.deleteRecursive(client, "/" + child, 100);
        }
      }
    } catch (KeeperException e) {
      throw new IOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() throws IOException {
    group.close();
    Directories.remove(directory);
  }
}
