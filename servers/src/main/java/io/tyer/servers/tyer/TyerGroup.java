package io.tyer.servers.tyer;

import com.google.protobuf.ByteString;
import io.tyer.protocol.v1.LineView;
import io.tyer.protocol.v1.ListReply;
import io.tyer.protocol.v1.ListRequest;
import io.tyer.protocol.v1.StatusReply;
import io.tyer.servers.process.Ports;
import io.tyer.servers.process.ServerProcess;
import io.tyer.servers.process.Together;
import io.tyer.servers.process.Until;
import io.tyer.testkit.server.Contents;
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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A group of members. What it does as a {@link StoreServer} it does to the one that leads at that
 * moment, the same until it was started again.
 */
public final class TyerGroup implements StoreServer {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final List<TyerNode> nodes;
  private final Access access;
  private final Optional<MemberHosts> hosts;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable TyerNode victim;

  private TyerGroup(List<TyerNode> nodes, Access access, Optional<MemberHosts> hosts) {
    this.nodes = nodes;
    this.access = access;
    this.hosts = hosts;
  }

  /** On this host, as many as there are environments. */
  static TyerGroup start(Path directory, List<Map<String, String>> environments, Access access)
      throws IOException {
    List<MemberPlan> plans = new ArrayList<>();
    for (int i = 0; i < environments.size(); i++) {
      String id = "m" + i;
      plans.add(MemberPlan.here(directory.resolve(id), id, Ports.take(), 0, environments.get(i)));
    }
    return start(plans, access, Optional.empty());
  }

  /** On this host, in plain text, so many that speak plain HTTP, too. */
  static TyerGroup startWithHttp(Path directory, int members) throws IOException {
    List<MemberPlan> plans = new ArrayList<>();
    for (int i = 0; i < members; i++) {
      String id = "m" + i;
      plans.add(MemberPlan.here(directory.resolve(id), id, Ports.take(), Ports.take(), Map.of()));
    }
    return start(plans, Access.plain(), Optional.empty());
  }

  /**
   * On this host, so many that are measured: JVMs that compile all they can.
   *
   * @param secured whether all prove who they are and clients show tokens, or it is in plain text
   * @param java more options of the members' JVMs
   */
  public static TyerGroup startToMeasure(
      Path directory, int members, boolean secured, List<String> java) throws IOException {
    List<MemberPlan> plans = new ArrayList<>();
    for (int i = 0; i < members; i++) {
      String id = "m" + i;
      plans.add(MemberPlan.here(directory.resolve(id), id, Ports.take(), 0, Map.of()).in(java));
    }
    Access access = secured ? Access.tlsOnThisHost(directory) : Access.plain();
    return start(plans, access, Optional.empty());
  }

  /** On hosts of their own, which are taken away with the group, also if it does not start. */
  static TyerGroup start(List<MemberPlan> plans, Access access, Optional<MemberHosts> hosts)
      throws IOException {
    List<String> members = plans.stream().map(MemberPlan::asMember).toList();
    List<TyerNode> nodes = new ArrayList<>();
    for (MemberPlan plan : plans) {
      nodes.add(new TyerNode(plan, access, members));
    }
    TyerGroup group = new TyerGroup(List.copyOf(nodes), access, hosts);
    try {
      group.start();
      if (access.tokens().isPresent()) {
        access.tokens().get().makeOfClients(group.awaitLeader());
      }
      return group;
    } catch (IOException | RuntimeException e) {
      group.close();
      throw e;
    }
  }

  /** All members. */
  public List<TyerNode> nodes() {
    return nodes;
  }

  /** The member that leads, and is ready to; empty if none says so. */
  public Optional<TyerNode> leader() {
    TyerNode leader = null;
    long term = -1;
    for (TyerNode node : nodes) {
      Optional<StatusReply> status = ifLeading(node);
      // One that was deposed may not know it yet.
      if (status.isPresent() && status.get().getTerm() > term) {
        leader = node;
        term = status.get().getTerm();
      }
    }
    return Optional.ofNullable(leader);
  }

  private static Optional<StatusReply> ifLeading(TyerNode node) {
    try {
      return node.process().isRunning()
          ? Optional.of(node.status()).filter(StatusReply::getLeading)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The member that leads; waits for one. */
  TyerNode awaitLeader() throws IOException {
    List<TyerNode> found = new ArrayList<>();
    Until.holds(
        "a member leads",
        LIMIT,
        () -> {
          leader().ifPresent(found::add);
          return !found.isEmpty();
        });
    return found.get(0);
  }

  @Override
  public String address() {
    return "tyer://"
        + nodes.stream().map(TyerNode::toString).collect(Collectors.joining(","))
        + "?"
        + access.options();
  }

  /** Of more than one. */
  @Override
  public Optional<ServerGroup> group() {
    return nodes.size() == 1 ? Optional.empty() : Optional.of(new TyerMembers(this, hosts));
  }

  /** Only of one that is alone: the others tell clients of each other. */
  @Override
  public Optional<InetSocketAddress> endpoint() {
    return nodes.size() == 1 ? Optional.of(nodes.get(0).address()) : Optional.empty();
  }

  @Override
  public String addressAt(String host, int port) {
    return "tyer://" + host + ":" + port + "?" + access.options();
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

  private TyerNode victim() {
    lock.lock();
    try {
      TyerNode chosen = victim;
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
      if (nodes.size() == 1) {
        nodes.get(0).process().start();
      } else {
        Together.start(nodes.stream().map(TyerNode::process).toList());
      }
      TyerNode unused = awaitLeader();
      victim = null;
    } finally {
      lock.unlock();
    }
  }

  /** What the leader lists, by the protocol and not by the store's client. */
  @Override
  public Contents look() throws IOException {
    TyerNode leader = leader().orElseThrow(() -> new IOException("no member leads"));
    SortedMap<String, Integer> tickets = new TreeMap<>();
    ByteString after = ByteString.EMPTY;
    ListReply page;
    do {
      ListRequest request = ListRequest.newBuilder().setAfter(after).build();
      page = leader.ask(stub -> stub.list(request));
      for (LineView line : page.getLinesList()) {
        tickets.put(line.getName().toStringUtf8(), line.getTicketsCount());
        after = line.getName();
      }
    } while (page.getMore());
    StatusReply status = leader.status();
    return new Contents(tickets, Math.toIntExact(status.getSessions()));
  }

  @Override
  public void close() {
    nodes.forEach(node -> node.process().close());
    hosts.ifPresent(MemberHosts::close);
  }
}
