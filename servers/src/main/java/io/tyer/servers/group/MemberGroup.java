package io.tyer.servers.group;

import io.tyer.servers.process.ServerProcess;
import io.tyer.servers.process.Until;
import io.tyer.testkit.host.Cut;
import io.tyer.testkit.server.Contents;
import io.tyer.testkit.server.MemberHarm;
import io.tyer.testkit.server.ServerGroup;
import io.tyer.testkit.server.StoreServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A group of members, or one that is alone. What it does as a {@link StoreServer} it does to the
 * one that leads at that moment, the same until it was started again.
 */
public abstract class MemberGroup<N extends Member> implements StoreServer {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final List<N> nodes;
  private final Optional<MemberHosts> hosts;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable N victim;

  /**
   * One that is not started yet.
   *
   * @param hosts of its members, which are taken away with the group; empty for this one
   */
  protected MemberGroup(List<N> nodes, Optional<MemberHosts> hosts) {
    this.nodes = List.copyOf(nodes);
    this.hosts = hosts;
  }

  /** Starts a group for the first time; closes it if that fails. */
  protected static <G extends MemberGroup<?>> G started(G group) throws IOException {
    try {
      group.start();
      group.prepare();
      return group;
    } catch (IOException | RuntimeException e) {
      group.close();
      throw e;
    }
  }

  /** What is to be done once, when it was started for the first time. */
  protected void prepare() throws IOException {}

  /** The address of the store that is reached at these places, each {@code HOST:PORT}. */
  protected abstract String addressAt(List<String> places);

  /** What there is, as the one that leads tells. */
  protected abstract Contents look(N leader) throws IOException;

  /** What else it takes for the harm to be felt. */
  protected void harmed(N leader, MemberHarm harm) {}

  /** All members. */
  public final List<N> nodes() {
    return nodes;
  }

  /** The member that leads, or is alone; empty if none says so. */
  public final Optional<N> leader() {
    N leader = null;
    long latest = -1;
    for (N node : nodes) {
      long since = leadsSince(node);
      // One that was deposed may not know it yet.
      if (since > latest) {
        leader = node;
        latest = since;
      }
    }
    return Optional.ofNullable(leader);
  }

  private static long leadsSince(Member node) {
    try {
      return node.process().isRunning() ? node.leadsSince().orElse(-1) : -1;
    } catch (IOException e) {
      return -1;
    }
  }

  /** The member that leads; waits for one. */
  public final N awaitLeader() throws IOException {
    List<N> found = new ArrayList<>();
    Until.holds(
        "a member leads",
        LIMIT,
        () -> {
          leader().ifPresent(found::add);
          return !found.isEmpty();
        });
    return found.get(0);
  }

  /** Whether the members are hosts of their own. */
  protected final boolean hasHosts() {
    return hosts.isPresent();
  }

  /**
   * From here on nothing passes between this member and the others; clients reach it.
   *
   * @throws UnsupportedOperationException if the members are not hosts of their own
   */
  public final Cut cutOff(N member) throws IOException, InterruptedException {
    MemberHosts its =
        hosts.orElseThrow(
            () -> new UnsupportedOperationException("the members are processes of one host"));
    return its.harm(nodes.indexOf(member), MemberHarm.CUT_OFF);
  }

  /** For messages, and as addresses have it: all members. */
  @Override
  public final String toString() {
    return nodes.stream().map(Member::toString).collect(Collectors.joining(","));
  }

  @Override
  public final String address() {
    return addressAt(nodes.stream().map(Member::toString).toList());
  }

  @Override
  public final String addressAt(String host, int port) {
    return addressAt(List.of(host + ":" + port));
  }

  /** Of more than one. */
  @Override
  public final Optional<ServerGroup> group() {
    return nodes.size() == 1 ? Optional.empty() : Optional.of(new Members<>(this, hosts));
  }

  /** Only of one that is alone: the others may tell clients of each other. */
  @Override
  public final Optional<InetSocketAddress> endpoint() {
    return nodes.size() == 1 ? Optional.of(nodes.get(0).address()) : Optional.empty();
  }

  @Override
  public final boolean hasProcess() {
    return true;
  }

  @Override
  public final OptionalLong pid() {
    return victim().process().pid();
  }

  @Override
  public final void kill() {
    victim().process().kill();
  }

  /** The next one to be struck is the one that leads when this one goes on. */
  @Override
  public final Stopped pause() throws IOException {
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

  private N victim() {
    lock.lock();
    try {
      N chosen = victim;
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
  public final void start() throws IOException {
    lock.lock();
    try {
      startAll();
      N unused = awaitLeader();
      victim = null;
    } finally {
      lock.unlock();
    }
  }

  /** Starts all that are down, and returns when all of them answer. */
  protected void startAll() throws IOException {
    if (nodes.size() == 1) {
      nodes.get(0).process().start();
    } else {
      Together.start(nodes.stream().map(Member::process).toList());
    }
  }

  @Override
  public final Contents look() throws IOException {
    return look(leader().orElseThrow(() -> new IOException("no member leads")));
  }

  @Override
  public void close() {
    nodes.forEach(Member::close);
    hosts.ifPresent(MemberHosts::close);
  }
}
