package io.tyer.servers.etcd;

import io.etcd.jetcd.api.StatusResponse;
import io.tyer.servers.process.Ports;
import io.tyer.servers.process.ServerProcess;
import io.tyer.servers.process.Together;
import io.tyer.servers.process.Until;
import io.tyer.servers.tyer.MemberHosts;
import io.tyer.testkit.server.Contents;
import io.tyer.testkit.server.ServerGroup;
import io.tyer.testkit.server.StoreServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of one or more members. What it does as a {@link StoreServer} it does to the one that
 * leads at that moment, the same until it was started again.
 */
public final class EtcdCluster implements StoreServer {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final List<EtcdNode> nodes;
  private final boolean tls;
  private final Optional<MemberHosts> hosts;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable EtcdNode victim;

  private EtcdCluster(List<EtcdNode> nodes, boolean tls, Optional<MemberHosts> hosts) {
    this.nodes = nodes;
    this.tls = tls;
    this.hosts = hosts;
  }

  /** Starts that many on this host. */
  public static EtcdCluster start(Path directory, int members, EtcdOptions options)
      throws IOException {
    List<EtcdPlan> plans = new ArrayList<>();
    for (int i = 0; i < members; i++) {
      String name = "m" + i;
      plans.add(EtcdPlan.here(directory.resolve(name), name, Ports.take(), options));
    }
    return start(plans, Optional.empty());
  }

  /** On hosts of their own, which are taken away with the cluster, also if it does not start. */
  static EtcdCluster start(List<EtcdPlan> plans, Optional<MemberHosts> hosts) throws IOException {
    Path program = EtcdProgram.find();
    List<EtcdNode> nodes = new ArrayList<>();
    for (EtcdPlan plan : plans) {
      nodes.add(new EtcdNode(plan, program, plans));
    }
    boolean tls = plans.stream().anyMatch(plan -> plan.options().tls().isPresent());
    EtcdCluster cluster = new EtcdCluster(List.copyOf(nodes), tls, hosts);
    try {
      cluster.start();
      return cluster;
    } catch (IOException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** All members. */
  public List<EtcdNode> nodes() {
    return nodes;
  }

  /** The member that leads; empty if none says so. */
  public Optional<EtcdNode> leader() {
    EtcdNode leader = null;
    long term = -1;
    for (EtcdNode node : nodes) {
      Optional<StatusResponse> status = ifLeading(node);
      // One that was deposed may not know it yet.
      if (status.isPresent() && status.get().getRaftTerm() > term) {
        leader = node;
        term = status.get().getRaftTerm();
      }
    }
    return Optional.ofNullable(leader);
  }

  private static Optional<StatusResponse> ifLeading(EtcdNode node) {
    try {
      return node.process().isRunning()
          ? Optional.of(node.status())
              .filter(status -> status.getLeader() == status.getHeader().getMemberId())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The member that leads; waits for one. */
  public EtcdNode awaitLeader() throws IOException {
    List<EtcdNode> found = new ArrayList<>();
    Until.holds(
        "a member leads",
        LIMIT,
        () -> {
          leader().ifPresent(found::add);
          return !found.isEmpty();
        });
    return found.get(0);
  }

  /** {@code HOST:PORT,HOST:PORT}. */
  public String members() {
    return nodes.stream().map(EtcdNode::toString).collect(Collectors.joining(","));
  }

  @Override
  public String address() {
    return (tls ? "etcds://" : "etcd://") + members();
  }

  /** Of more than one. */
  @Override
  public Optional<ServerGroup> group() {
    return nodes.size() == 1 ? Optional.empty() : Optional.of(new EtcdMembers(this, hosts));
  }

  /** Only of one that is alone. */
  @Override
  public Optional<InetSocketAddress> endpoint() {
    return nodes.size() == 1 ? Optional.of(nodes.get(0).address()) : Optional.empty();
  }

  @Override
  public String addressAt(String host, int port) {
    return (tls ? "etcds://" : "etcd://") + host + ":" + port;
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

  private EtcdNode victim() {
    lock.lock();
    try {
      EtcdNode chosen = victim;
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
      Together.start(nodes.stream().map(EtcdNode::process).toList());
      EtcdNode unused = awaitLeader();
      victim = null;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Contents look() throws IOException {
    EtcdNode leader = leader().orElseThrow(() -> new IOException("no member leads"));
    return EtcdContents.of(leader);
  }

  @Override
  public void close() {
    nodes.forEach(node -> node.process().close());
    hosts.ifPresent(MemberHosts::close);
  }
}
