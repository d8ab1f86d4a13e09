package io.tyer.servers.zookeeper;

import io.tyer.servers.group.MemberGroup;
import io.tyer.servers.group.MemberHosts;
import io.tyer.servers.group.Planning;
import io.tyer.testkit.server.Contents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** ZooKeeper alone, or an ensemble. */
public final class ZooKeeperGroup extends MemberGroup<ZooKeeperNode> {

  private static final Logger LOG = LoggerFactory.getLogger(ZooKeeperGroup.class);
  private static final String USUAL_ROOT = "/tyer";

  private final ZooKeeperLook look = new ZooKeeperLook();

  private ZooKeeperGroup(List<ZooKeeperNode> nodes, Optional<MemberHosts> hosts) {
    super(nodes, hosts);
  }

  /**
   * On this host, as many as there are environments.
   *
   * @param settings lines of zoo.cfg beyond, or in place of, those that all members have
   */
  public static ZooKeeperGroup start(
      Path directory, List<String> settings, List<Map<String, String>> environments)
      throws IOException {
    return start(
        Planning.all(
            environments.size(), i -> here(directory, i + 1, settings, environments.get(i))),
        Optional.empty());
  }

  /**
   * On this host, so many that are measured: JVMs that compile all they can, and ticks as long as
   * they usually are.
   *
   * @param java more options of the members' JVMs
   */
  public static ZooKeeperGroup startToMeasure(Path directory, int members, List<String> java)
      throws IOException {
    List<String> settings = List.of("tickTime=2000", "initLimit=10", "syncLimit=5");
    return start(
        Planning.all(members, i -> here(directory, i + 1, settings, Map.of()).in(java)),
        Optional.empty());
  }

  private static ZooKeeperPlan here(
      Path directory, int id, List<String> settings, Map<String, String> environment)
      throws IOException {
    return ZooKeeperPlan.here(directory.resolve("m" + id), id, settings, environment);
  }

  /** On hosts of their own. */
  static ZooKeeperGroup start(List<ZooKeeperPlan> plans, Optional<MemberHosts> hosts)
      throws IOException {
    List<ZooKeeperNode> nodes =
        Planning.all(plans.size(), i -> new ZooKeeperNode(plans.get(i), plans));
    return started(new ZooKeeperGroup(nodes, hosts));
  }

  @Override
  protected String addressAt(List<String> places) {
    return address(places, "");
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

  /**
   * A member whose log a full disk has cut may refuse to start. It is emptied then, as an
   * administrator would do it: not before the others have a leader, from which it gets everything
   * anew.
   */
  @Override
  protected void startAll() throws IOException {
    try {
      super.startAll();
    } catch (IOException e) {
      List<ZooKeeperNode> down =
          nodes().stream().filter(node -> !node.process().isRunning()).toList();
      if (!hasHosts() || down.size() != 1) {
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
  protected Contents look(ZooKeeperNode leader) throws IOException {
    return look.at(leader.address(), USUAL_ROOT);
  }

  /** The same of a store at another path. */
  public Contents look(String root) throws IOException {
    ZooKeeperNode leader = leader().orElseThrow(() -> new IOException("no member leads"));
    return look.at(leader.address(), root);
  }

  @Override
  public void close() {
    look.close();
    super.close();
  }
}
