package io.tyer.servers.redis;

import io.tyer.servers.process.Until;
import io.tyer.testkit.server.Contents;
import io.tyer.testkit.server.StoreServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A master with replicas, and sentinels that have a replica take a dead master's place. What it
 * does as a {@link StoreServer} it does to the master of the moment.
 *
 * <p>What was acknowledged is on the master's disk, and not always on a replica yet: a failover may
 * lose it.
 */
public final class RedisSentinelServer implements StoreServer {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int STORES = 3;
  private static final int SENTINELS = 3;

  private final List<RedisNode> nodes;
  private final List<RedisNode> sentinels;
  private final String options;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable RedisNode victim;

  private RedisSentinelServer(List<RedisNode> nodes, List<RedisNode> sentinels, String options) {
    this.nodes = nodes;
    this.sentinels = sentinels;
    this.options = options;
  }

  /**
   * Starts one.
   *
   * @param options of its address, beyond the master's name, such as {@code &replicas=1}
   */
  static RedisSentinelServer start(Path directory, String options) throws IOException {
    List<RedisNode> nodes = SentinelMaking.stores(directory, STORES);
    RedisSentinelServer server =
        new RedisSentinelServer(
            nodes, SentinelMaking.sentinels(directory, nodes.get(0), SENTINELS), options);
    try {
      Nodes.start(nodes);
      Nodes.start(server.sentinels);
      server.awaitSettled(LIMIT);
      return server;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  /** The master and its replicas: the first one was the master at the start. */
  public List<RedisNode> nodes() {
    return nodes;
  }

  /** The sentinels. */
  public List<RedisNode> sentinels() {
    return sentinels;
  }

  /**
   * The node that most sentinels call the master, whether it runs or not.
   *
   * @throws IOException if there is none
   */
  public RedisNode master() throws IOException {
    List<Integer> said = new ArrayList<>();
    for (RedisNode sentinel : Nodes.running(sentinels)) {
      Object answer = sentinel.ask("SENTINEL", "get-master-addr-by-name", SentinelMaking.NAME);
      if (answer instanceof List<?> address) {
        said.add(Integer.valueOf((String) address.get(1)));
      }
    }
    return nodes.stream()
        .filter(n -> Collections.frequency(said, n.address().getPort()) > SENTINELS / 2)
        .findFirst()
        .orElseThrow(() -> new IOException("the sentinels name these masters: " + said));
  }

  /** Kills the master of this moment, and returns it. */
  public RedisNode killMaster() throws IOException {
    RedisNode master = master();
    master.kill();
    return master;
  }

  /**
   * Waits until another node is the master and serves, and has a replica.
   *
   * @param former who was the master
   * @return who is it now
   */
  public RedisNode awaitFailover(RedisNode former, Duration limit) throws IOException {
    Until.holds(
        "another node than " + former + " is the master",
        limit,
        () -> master() != former && isServing());
    return master();
  }

  /** Whether the master runs, knows that it is it, and has a replica that follows it. */
  private boolean isServing() throws IOException {
    RedisNode master = master();
    String replication = (String) master.ask("INFO", "replication");
    return Nodes.field(replication, "role").equals("master")
        && replication.lines().anyMatch(line -> line.matches("slave\\d+:.*state=online.*"));
  }

  /**
   * Waits until all is as it should be among the nodes that run: every sentinel knows every other
   * and every node and names the same master, which all the others follow. A former master that
   * came back is made to follow only after some ten seconds.
   */
  public void awaitSettled(Duration limit) throws IOException {
    Until.holds("all nodes that run follow one master", limit, this::isSettled);
  }

  private boolean isSettled() throws IOException {
    RedisNode master = master();
    for (RedisNode sentinel : Nodes.running(sentinels)) {
      Object answer = sentinel.ask("SENTINEL", "master", SentinelMaking.NAME);
      if (!(answer instanceof List<?> facts)
          || !fact(facts, "port").equals(Integer.toString(master.address().getPort()))
          || !fact(facts, "flags").equals("master")
          || !fact(facts, "num-slaves").equals(Integer.toString(STORES - 1))
          || !fact(facts, "num-other-sentinels").equals(Integer.toString(SENTINELS - 1))) {
        return false;
      }
    }
    String following = Integer.toString(master.address().getPort());
    for (RedisNode node : Nodes.running(nodes)) {
      if (node != master
          && !(Nodes.isLinked(node)
              && Nodes.info(node, "replication", "master_port").equals(following))) {
        return false;
      }
    }
    return isServing();
  }

  /** From a list of names, each followed by its value. */
  private static Object fact(List<?> facts, String name) {
    int at = facts.indexOf(name);
    return at < 0 ? "" : facts.get(at + 1);
  }

  /** {@code redis-sentinel://} and all sentinels. */
  @Override
  public String address() {
    return "redis-sentinel://" + Nodes.list(sentinels) + "?master=" + SentinelMaking.NAME + options;
  }

  @Override
  public boolean hasProcess() {
    return true;
  }

  /** The process of the master; empty if it was killed and no other one took its place. */
  @Override
  public OptionalLong pid() {
    try {
      return master().pid();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /** Kills the master, unless one that this has killed is still down. */
  @Override
  public void kill() {
    lock.lock();
    try {
      if (victim == null || victim.isRunning()) {
        Until.holds("the sentinels name a master that serves", LIMIT, this::isServing);
        victim = killMaster();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Starts all that are down, and returns when all of them follow one master: before that, a former
   * master that has come back might be made the master again, without what others have acknowledged
   * meanwhile.
   */
  @Override
  public void start() throws IOException {
    lock.lock();
    try {
      Nodes.start(nodes);
      Nodes.start(sentinels);
      awaitSettled(LIMIT);
      victim = null;
    } finally {
      lock.unlock();
    }
  }

  /** What the master has; fails while it is down and no other one took its place. */
  @Override
  public Contents look() throws IOException {
    return look(RedisContents.USUAL_PREFIX);
  }

  /** The same of what is kept below another prefix. */
  public Contents look(String prefix) throws IOException {
    RedisNode master = master();
    if (!Nodes.isMaster(master)) {
      throw new IOException(master + " does not know yet that it is the master");
    }
    RedisContents contents = new RedisContents(prefix);
    contents.addAll(master);
    for (RedisNode node : Nodes.running(nodes)) {
      if (node != master) {
        contents.addChannels(node);
      }
    }
    return contents.contents();
  }

  @Override
  public void close() {
    // Sentinels first: they would write down the end of the others.
    Stream.concat(sentinels.stream(), nodes.stream()).forEach(RedisNode::close);
  }
}
