package io.tyer.servers.zookeeper;

import io.tyer.servers.process.ServerProcess;
import io.tyer.servers.process.Together;
import io.tyer.servers.process.Until;
import io.tyer.servers.tyer.MemberHosts;
import io.tyer.testkit.host.Cut;
import io.tyer.testkit.server.Contents;
import io.tyer.testkit.server.MemberHarm;
import io.tyer.testkit.server.ServerGroup;
import io.tyer.testkit.server.StoreServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ZooKeeper alone, or an ensemble. What it does as a {@link StoreServer} it does to the member that
 * leads at that moment, the same until it was started again.
 */
public final class ZooKeeperGroup implements StoreServer {

  private static final Logger LOG = LoggerFactory.getLogger(ZooKeeperGroup.class);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String USUAL_ROOT = "/tyer";

  private final List<ZooKeeperNode> nodes;
  private final Optional<MemberHosts> hosts;
  private final ReentrantLock lock = new ReentrantLock();
  private final ZooKeeperLook look = new ZooKeeperLook();
  private @Nullable ZooKeeperNode victim;

  private ZooKeeperGroup(List<ZooKeeperNode> nodes, Optional<MemberHosts> hosts) {
    this.nodes = nodes;
    this.hosts = hosts;
  }

  /**
   * On this host, as many as there are environments.
   *
   * @param settings lines of zoo.cfg beyond, or in place of, those that all members have
   */
  public static ZooKeeperGroup start(
      Path directory, List<String> settings, List<Map<String, String>> environments)
      throws IOException {
    List<ZooKeeperPlan> plans = new ArrayList<>();
    for (int i = 1; i <= environments.size(); i++) {
      plans.add(
          ZooKeeperPlan.here(directory.resolve("m" + i), i, settings, environments.get(i - 1)));
    }
    return start(plans, Optional.empty());
  }

  /**
   * On this host, so many that are measured: JVMs that compile all they can, and ticks as long as
   * they usually are.
   *
   * @param java more options of the members' JVMs
   */
  public static ZooKeeperGroup startToMeasure(Path directory, int members, List<String> java)
      throws IOException {
    List<ZooKeeperPlan> plans = new ArrayList<>();
    for (int i = 1; i <= members; i++) {
      plans.add(
          ZooKeeperPlan.here(
                  directory.resolve("m" + i),
                  i,
                  List.of("tickTime=2000", "initLimit=10", "syncLimit=5"),
                  Map.of())
              .in(java));
    }
    return start(plans, Optional.empty());
  }

  /** On hosts of their own, which are taken away with the group, also if it does not start. */
  static ZooKeeperGroup start(List<ZooKeeperPlan> plans, Optional<MemberHosts> hosts)
      throws IOException {
    List<ZooKeeperNode> nodes = new ArrayList<>();
    for (ZooKeeperPlan plan : plans) {
      nodes.add(new ZooKeeperNode(plan, plans));
    }
    ZooKeeperGroup group = new ZooKeeperGroup(List.copyOf(nodes), hosts);
    try {
      group.start();
      return group;
    } catch (IOException | RuntimeException e) {
      group.close();
      throw e;
    }
  }

  /** All members. */
  public List<ZooKeeperNode> nodes() {
    return nodes;
  }

  /** The member that leads, or is alone; empty if none says so. */
  public Optional<ZooKeeperNode> leader() {
    ZooKeeperNode leader = null;
    long latest = -1;
    for (ZooKeeperNode node : nodes) {
      long zxid = zxidIfLeading(node);
      // One that was deposed may not know it yet.
      if (zxid > latest) {
        leader = node;
        latest = zxid;
      }
    }
    return Optional.ofNullable(leader);
  }

  private static long zxidIfLeading(ZooKeeperNode node) {
    try {
      return node.process().isRunning() && node.leads() ? node.zxid().orElse(-1L) : -1;
    } catch (IOException e) {
      return -1;
    }
  }

  /** The member that leads; waits for one. */
  public ZooKeeperNode awaitLeader() throws IOException {
    List<ZooKeeperNode> found = new ArrayList<>();
    Until.holds(
        "a member leads",
        LIMIT,
        () -> {
          leader().ifPresent(found::add);
          return !found.isEmpty();
        });
    return found.get(0);
  }

  /**
   * From here on nothing passes between this member and the others; clients reach it.
   *
   * @throws UnsupportedOperationException if the members are not hosts of their own
   */
  public Cut cutOff(ZooKeeperNode member) throws IOException, InterruptedException {
    MemberHosts its =
        hosts.orElseThrow(
            () -> new UnsupportedOperationException("the members are processes of one host"));
    return its.harm(nodes.indexOf(member), MemberHarm.CUT_OFF);
  }

  @Override
  public String address() {
    return address(
        nodes.stream().map(ZooKeeperNode::address).map(ZooKeeperGroup::text).toList(), "");
  }

  /**
   * The address of a store that is reached at these places.
   *
   * @param path below which it is, such as {@code /a/b}; empty for the usual one
   */
  public static String address(List<String> places, String path) {
    return "zookeeper://"
        + String.join(",", places)
        + path
        + "?tick="
        + ZooKeeperPlan.TICK.toMillis()
        + "ms";
  }

  private static String text(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }

  /** Of more than one. */
  @Override
  public Optional<ServerGroup> group() {
    return nodes.size() == 1 ? Optional.empty() : Optional.of(new ZooKeeperMembers(this, hosts));
  }

  /** Only of one that is alone. */
  @Override
  public Optional<InetSocketAddress> endpoint() {
    return nodes.size() == 1 ? Optional.of(nodes.get(0).address()) : Optional.empty();
  }

  @Override
  public String addressAt(String host, int port) {
    return address(List.of(host + ":" + port), "");
  }

  @Override
  public boolean hasProcess() {
    return true;
  }

  @Override
  public OptionalLong pid() {
    return victim().process().pid();
  }

  @Override
  public void kill() {
    victim().process().kill();
  }

  /** The next one to be struck is the one that leads when this one goes on. */
  @Override
  public Stopped pause() throws IOException {
    ServerProcess process = victim().process();
    process.pause();
    return () -> {
      forget();
      process.resume();
    };
  }

  private void forget() {
    lock.lock();
    try {
      victim = null;
    } finally {
      lock.unlock();
    }
  }

  private ZooKeeperNode victim() {
    lock.lock();
    try {
      ZooKeeperNode chosen = victim;
      if (chosen == null) {
        chosen = leader().orElse(nodes.get(0));
        victim = chosen;
      }
      return chosen;
    } finally {
      lock.unlock();
    }
  }

  /** Starts all that are down, together, and returns when one leads. */
  @Override
  public void start() throws IOException {
    lock.lock();
    try {
      startTogether();
      ZooKeeperNode unused = awaitLeader();
      victim = null;
    } finally {
      lock.unlock();
    }
  }

  /**
   * A member whose log a full disk has cut may refuse to start. It is emptied then, as an
   * administrator would do it: not before the others have a leader, from which it gets everything
   * anew.
   */
  private void startTogether() throws IOException {
    try {
      Together.start(nodes.stream().map(ZooKeeperNode::process).toList());
    } catch (IOException e) {
      List<ZooKeeperNode> down =
          nodes.stream().filter(node -> !node.process().isRunning()).toList();
      if (hosts.isEmpty() || down.size() != 1) {
        throw e;
      }
      ZooKeeperNode broken = down.get(0);
      LOG.warn("{} does not start, and is emptied: {}", broken.id(), broken.lastWords());
      ZooKeeperNode unused = awaitLeader();
      broken.empty();
      broken.process().start();
    }
  }

  /** What the leader has at the usual path. */
  @Override
  public Contents look() throws IOException {
    return look(USUAL_ROOT);
  }

  /** The same of a store at another path. */
  public Contents look(String root) throws IOException {
    ZooKeeperNode leader = leader().orElseThrow(() -> new IOException("no member leads"));
    return look.at(leader.address(), root);
  }

  /** For messages: the members. */
  @Override
  public String toString() {
    return nodes.stream().map(ZooKeeperNode::toString).collect(Collectors.joining(","));
  }

  @Override
  public void close() {
    look.close();
    nodes.forEach(ZooKeeperNode::close);
    hosts.ifPresent(MemberHosts::close);
  }
}
