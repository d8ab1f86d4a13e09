package io.tyer.servers.redis;

import io.tyer.servers.process.Until;
import io.tyer.testkit.server.Contents;
import io.tyer.testkit.server.StoreServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of several masters, with a replica for each or without. What it does as a {@link
 * StoreServer} it does to one master at a time, after each start to the next one.
 */
public final class RedisClusterServer implements StoreServer {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final List<RedisNode> nodes;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable RedisNode victim;
  private int turn;

  private RedisClusterServer(List<RedisNode> nodes) {
    this.nodes = nodes;
  }

  static RedisClusterServer start(Path directory, int masters, int replicasOfEach)
      throws IOException {
    RedisClusterServer server =
        new RedisClusterServer(ClusterMaking.nodes(directory, masters * (1 + replicasOfEach)));
    try {
      Nodes.start(server.nodes);
      ClusterMaking.join(server.nodes, masters);
      server.awaitServing(LIMIT);
      return server;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  /** All of them: those first that were masters at the start. */
  public List<RedisNode> nodes() {
    return nodes;
  }

  /** Those that run and serve slots, as they see it themselves. */
  public List<RedisNode> masters() throws IOException {
    List<RedisNode> masters = new ArrayList<>();
    for (RedisNode node : Nodes.running(nodes)) {
      if (!ClusterView.of(node).myself().slots().isEmpty()) {
        masters.add(node);
      }
    }
    return masters;
  }

  /** The slot in which this key lies. */
  public int slotOf(String key) throws IOException {
    return Math.toIntExact((Long) anyRunning().ask("CLUSTER", "KEYSLOT", key));
  }

  /** Who serves this slot, as the first node sees it that runs. */
  public RedisNode ownerOf(int slot) throws IOException {
    int port =
        ClusterView.of(anyRunning())
            .ownerOf(slot)
            .orElseThrow(() -> new IOException("nobody serves slot " + slot))
            .port();
    return nodes.stream().filter(n -> n.address().getPort() == port).findFirst().orElseThrow();
  }

  private RedisNode anyRunning() throws IOException {
    return Nodes.running(nodes).stream()
        .findFirst()
        .orElseThrow(() -> new IOException("no node of the cluster runs"));
  }

  /** Begins to move a slot; from now on, both nodes know of it. */
  public SlotMove beginMove(int slot, RedisNode to) throws IOException {
    return SlotMove.begin(this, slot, ownerOf(slot), to);
  }

  /** Moves a slot with all its keys. */
  public void moveSlot(int slot, RedisNode to) throws IOException {
    SlotMove move = beginMove(slot, to);
    while (!move.moveKeys(100)) {
      // There are more.
    }
    move.finish();
  }

  /**
   * Waits until all nodes that run agree that every slot is served, by a node that runs, and until
   * their replicas have what they have: after a start, or until a replica took a dead master's
   * place.
   */
  public void awaitServing(Duration limit) throws IOException {
    Until.holds("all nodes that run agree who serves, and have all", limit, this::isServing);
  }

  private boolean isServing() throws IOException {
    Set<Integer> running = new HashSet<>();
    Set<List<Integer>> opinions = new HashSet<>();
    for (RedisNode node : Nodes.running(nodes)) {
      ClusterView view = ClusterView.of(node);
      if (!view.ok() || !Nodes.isLinked(node)) {
        return false;
      }
      running.add(node.address().getPort());
      opinions.add(view.owners());
    }
    return opinions.size() == 1 && running.containsAll(opinions.iterator().next());
  }

  /** {@code redis-cluster://} and all nodes. */
  @Override
  public String address() {
    return "redis-cluster://" + Nodes.list(nodes);
  }

  @Override
  public boolean hasProcess() {
    return true;
  }

  /** The process of the master that {@link #kill} would kill; empty if it did. */
  @Override
  public OptionalLong pid() {
    lock.lock();
    try {
      return victim().pid();
    } finally {
      lock.unlock();
    }
  }

  /** Kills one master. */
  @Override
  public void kill() {
    lock.lock();
    try {
      victim().kill();
    } finally {
      lock.unlock();
    }
  }

  /** A node that is down or serves slots, the same until it was started or serves none. */
  private RedisNode victim() {
    RedisNode chosen = victim;
    if (chosen == null || (chosen.isRunning() && !serves(chosen))) {
      List<RedisNode> candidates = nodes.stream().filter(RedisClusterServer::serves).toList();
      List<RedisNode> among = candidates.isEmpty() ? nodes : candidates;
      chosen = among.get(turn % among.size());
      victim = chosen;
    }
    return chosen;
  }

  private static boolean serves(RedisNode node) {
    try {
      return node.isRunning() && !ClusterView.of(node).myself().slots().isEmpty();
    } catch (IOException e) {
      // It may be paused: then it is what it was.
      return node.isRunning();
    }
  }

  /** Starts all that are down, and returns when every slot is served. */
  @Override
  public void start() throws IOException {
    lock.lock();
    try {
      boolean wasDown = victim != null && !victim.isRunning();
      Nodes.start(nodes);
      awaitServing(LIMIT);
      if (wasDown) {
        victim = null;
        turn++;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Fails, too, if the nodes that run do not serve every slot once. */
  @Override
  public Contents look() throws IOException {
    return look(RedisContents.USUAL_PREFIX);
  }

  /** The same of what is kept below another prefix. */
  public Contents look(String prefix) throws IOException {
    RedisContents contents = new RedisContents(prefix);
    int slots = 0;
    for (RedisNode node : Nodes.running(nodes)) {
      if (Nodes.isMaster(node)) {
        slots += ClusterView.of(node).myself().slots().cardinality();
        contents.addAll(node);
      } else {
        contents.addChannels(node);
      }
    }
    if (slots != ClusterView.SLOTS) {
      throw new IOException("of " + ClusterView.SLOTS + " slots, " + slots + " are served");
    }
    return contents.contents();
  }

  @Override
  public void close() {
    nodes.forEach(RedisNode::close);
  }
}
