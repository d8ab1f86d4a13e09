package io.tyer.servers.zookeeper;

import io.tyer.testkit.server.Contents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a store keeps, by the documented layout and not with the store's code; on a connection
 * that stands for as long as the same member is looked at.
 */
final class ZooKeeperLook {

  private static final int SESSION_MILLIS = 30_000;
  private static final int CONNECTS_WITHIN_SECONDS = 10;

  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable ZooKeeper client;
  private @Nullable InetSocketAddress member;

  /**
   * What this member has below this path.
   *
   * @throws IOException if it does not tell
   */
  Contents at(InetSocketAddress address, String root) throws IOException {
    lock.lock();
    try {
      return read(connected(address), root);
    } catch (KeeperException e) {
      end();
      throw new IOException("the member at " + address + " does not tell what it has", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("while a member was looked into");
    } finally {
      lock.unlock();
    }
  }

  private ZooKeeper connected(InetSocketAddress address) throws IOException, InterruptedException {
    ZooKeeper known = client;
    if (known != null && address.equals(member) && known.getState().isConnected()) {
      return known;
    }
    end();
    CountDownLatch connected = new CountDownLatch(1);
    ZooKeeper made =
        new ZooKeeper(
            address.getHostString() + ":" + address.getPort(),
            SESSION_MILLIS,
            event -> {
              if (event.getState() == KeeperState.SyncConnected) {
                connected.countDown();
              }
            });
    client = made;
    member = address;
    if (!connected.await(CONNECTS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
      end();
      throw new IOException("the member at " + address + " takes no session");
    }
    return made;
  }

  private static Contents read(ZooKeeper client, String root)
      throws KeeperException, InterruptedException, IOException {
    SortedMap<String, Integer> tickets = new TreeMap<>();
    for (String line : children(client, root + "/lines")) {
      try {
        tickets.put(decoded(line), client.getChildren(root + "/lines/" + line, false).size());
      } catch (KeeperException.NoNodeException e) {
        // It went meanwhile.
      }
    }
    List<String> sessions = children(client, root + "/sessions");
    List<String> litter = new ArrayList<>(children(client, root + "/inboxes"));
    litter.removeAll(sessions);
    litter.replaceAll(inbox -> "the inbox of nobody, " + inbox);
    return new Contents(tickets, sessions.size(), litter);
  }

  private static List<String> children(ZooKeeper client, String path)
      throws KeeperException, InterruptedException {
    try {
      return client.getChildren(path, false);
    } catch (KeeperException.NoNodeException e) {
      return List.of();
    }
  }

  /** Bytes of a name that a path cannot have stand there as {@code %XX}. */
  private static String decoded(String node) throws IOException {
    ByteArrayOutputStream utf8 = new ByteArrayOutputStream();
    for (int i = 0; i < node.length(); i++) {
      if (node.charAt(i) != '%') {
        utf8.write(node.charAt(i));
      } else if (i + 2 < node.length()) {
        utf8.write(Integer.parseInt(node, i + 1, i + 3, 16));
        i += 2;
      } else {
        throw new IOException("no line has a node called " + node);
      }
    }
    return utf8.toString(StandardCharsets.UTF_8);
  }

  private void end() {
    ZooKeeper known = client;
    client = null;
    member = null;
    if (known != null) {
      try {
        known.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  void close() {
    lock.lock();
    try {
      end();
    } finally {
      lock.unlock();
    }
  }
}
