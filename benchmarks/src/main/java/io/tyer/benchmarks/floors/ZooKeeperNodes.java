package io.tyer.benchmarks.floors;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Mutex;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.server.GroupLocation;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.zookeeper.AsyncCallback;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;

/**
 * Floor: an ephemeral sequential node is created, and its parent listed, in one trip; then it is
 * deleted. That is what a lock on ZooKeeper asks of it at least.
 */
public final class ZooKeeperNodes implements Subject {

  private static final String ROOT = "/floor";
  private static final int SESSION_MILLIS = 30_000;
  private static final long ANSWER_SECONDS = 30;
  private static final byte[] NOTHING = {};

  private final Address address;

  public ZooKeeperNodes(Address address) {
    this.address = address;
  }

  private static <T> void answer(CompletableFuture<T> future, int code, String path, T value) {
    if (code == Code.OK.intValue()) {
      future.complete(value);
    } else {
      future.completeExceptionally(KeeperException.create(Code.get(code), path));
    }
  }

  private static <T> T get(CompletableFuture<T> future) throws IOException {
    try {
      return future.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("ZooKeeper: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private record Nodes(ZooKeeper client, String parent) implements Mutex {

    @Override
    public Held acquire() throws IOException {
      CompletableFuture<String> made = new CompletableFuture<>();
      CompletableFuture<Integer> listed = new CompletableFuture<>();
      client.create(
          parent + "/n",
          NOTHING,
          ZooDefs.Ids.OPEN_ACL_UNSAFE,
          CreateMode.EPHEMERAL_SEQUENTIAL,
          (AsyncCallback.StringCallback)
              (code, path, context, name) -> answer(made, code, path, name),
          null);
      client.getChildren(
          parent,
          false,
          (AsyncCallback.ChildrenCallback)
              (code, path, context, children) ->
                  answer(listed, code, path, children == null ? 0 : children.size()),
          null);
      String node = get(made);
      int unused = get(listed);
      return () -> {
        CompletableFuture<Boolean> gone = new CompletableFuture<>();
        client.delete(node, -1, (code, path, context) -> answer(gone, code, path, true), null);
        boolean unusedToo = get(gone);
      };
    }
  }

  private record NodesClient(ZooKeeper client) implements Client {

    @Override
    public Mutex mutex(String name) throws IOException {
      String parent = ROOT + "/" + name;
      make(ROOT);
      make(parent);
      return new Nodes(client, parent);
    }

    private void make(String path) throws IOException {
      try {
        String unused =
            client.create(path, NOTHING, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
      } catch (KeeperException.NodeExistsException e) {
        // By another process.
      } catch (KeeperException e) {
        throw new IOException("ZooKeeper: " + e, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }

    @Override
    public void close() throws IOException {
      end(client);
    }
  }

  private static void end(ZooKeeper client) throws IOException {
    try {
      client.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public Set<Ability> abilities() {
    return Set.of(Ability.PAIRS);
  }

  @Override
  public boolean spansProcesses() {
    return true;
  }

  @Override
  public Client open() throws IOException {
    CountDownLatch connected = new CountDownLatch(1);
    ZooKeeper client =
        new ZooKeeper(
            String.join(",", GroupLocation.of(address).members()),
            SESSION_MILLIS,
            event -> {
              if (event.getState() == KeeperState.SyncConnected) {
                connected.countDown();
              }
            });
    try {
      if (connected.await(ANSWER_SECONDS, TimeUnit.SECONDS)) {
        return new NodesClient(client);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end(client);
    throw new IOException("ZooKeeper takes no session");
  }
}
