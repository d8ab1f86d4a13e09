package io.tyer.servers.tyer;

import com.google.protobuf.ByteString;
import io.tyer.protocol.v1.LineView;
import io.tyer.protocol.v1.ListReply;
import io.tyer.protocol.v1.ListRequest;
import io.tyer.protocol.v1.StatusReply;
import io.tyer.servers.process.Ports;
import io.tyer.servers.process.Until;
import io.tyer.testkit.server.Contents;
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
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable TyerNode victim;

  private TyerGroup(List<TyerNode> nodes) {
    this.nodes = nodes;
  }

  static TyerGroup start(Path directory, int size, Map<String, String> environment)
      throws IOException {
    List<Integer> ports = new ArrayList<>();
    List<String> members = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int port = Ports.take();
      ports.add(port);
      // The port that Ports keeps for the same server is the members'.
      members.add("m" + i + "=127.0.0.1:" + (port + 10_000) + "/127.0.0.1:" + port);
    }
    List<TyerNode> nodes = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      nodes.add(
          new TyerNode(directory.resolve("m" + i), "m" + i, ports.get(i), members, environment));
    }
    TyerGroup group = new TyerGroup(List.copyOf(nodes));
    try {
      group.start();
      return group;
    } catch (IOException e) {
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
    return nodes.stream().filter(TyerGroup::leads).findFirst();
  }

  private static boolean leads(TyerNode node) {
    try {
      return node.process().isRunning() && node.status().getLeading();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public String address() {
    return "tyer://"
        + nodes.stream().map(TyerNode::toString).collect(Collectors.joining(","))
        + "?plaintext=true";
  }

  /** Only of one that is alone: the others tell clients of each other. */
  @Override
  public Optional<InetSocketAddress> endpoint() {
    return nodes.size() == 1 ? Optional.of(nodes.get(0).address()) : Optional.empty();
  }

  @Override
  public String addressAt(String host, int port) {
    return "tyer://" + host + ":" + port + "?plaintext=true";
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
        Together.start(nodes);
      }
      Until.holds("a member leads", LIMIT, () -> leader().isPresent());
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
  }
}
