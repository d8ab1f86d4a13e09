package io.tyer.store.zookeeper;

import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.spi.LineStoreProvider.Settings;
import io.tyer.spi.Moment;
import io.tyer.spi.StoreAddress;
import io.tyer.store.ordered.Appended;
import io.tyer.store.ordered.LineNodes;
import io.tyer.store.ordered.NodeBody;
import io.tyer.store.ordered.OrderedEvents;
import io.tyer.store.ordered.OrderedLines;
import io.tyer.store.ordered.OrderedNode;
import io.tyer.store.ordered.OrderedSession;
import io.tyer.surroundings.SystemSurroundings;
import io.tyer.testkit.contract.Asked;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** The medium as the adapter sees it, by a thread that waits for each answer. */
final class Bare implements AutoCloseable {

  private static final AtomicLong IDS = new AtomicLong(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  final SystemSurroundings surroundings = new SystemSurroundings(null);
  final ZooKeeperMedium medium;

  Bare(String address) {
    this(address, TIMEOUT);
  }

  Bare(String address, Duration timeout) {
    medium =
        new ZooKeeperMedium(
            ZooKeeperAddress.of(StoreAddress.parse(address)),
            new Settings(surroundings, Duration.ofSeconds(30), timeout, timeout));
  }

  Session open(Duration ttl) throws Exception {
    SessionId id = new SessionId(7, IDS.getAndIncrement());
    Heard heard = new Heard();
    OrderedSession session = Asked.answer(reply -> medium.open(id, ttl, "test", heard, reply));
    return new Session(id, heard, session);
  }

  Session open() throws Exception {
    return open(Duration.ofSeconds(30));
  }

  /** What a session was told. */
  static final class Heard implements OrderedEvents {
    final ConcurrentLinkedQueue<String> all = new ConcurrentLinkedQueue<>();

    @Override
    public void told(byte[] hint) {
      all.add("told " + new String(hint, StandardCharsets.US_ASCII));
    }

    @Override
    public void missed() {
      all.add("missed");
    }

    @Override
    public void ended(String why) {
      all.add("ended");
    }
  }

  record Session(SessionId id, Heard heard, OrderedSession session) {

    Appended append(String line, String label) throws Exception {
      return Asked.<Optional<Appended>>answer(
              reply -> session.append(LockName.of(line), label, bytes("body"), null, reply))
          .orElseThrow();
    }

    Moment prove() throws Exception {
      return Asked.answer(session::prove);
    }

    boolean end() throws Exception {
      return Asked.answer(session::end);
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static List<String> labels(OrderedLines lines, String line) throws Exception {
    return Asked.<LineNodes>answer(reply -> lines.read(LockName.of(line), true, reply))
        .nodes()
        .stream()
        .map(OrderedNode::label)
        .toList();
  }

  static Optional<NodeBody> look(OrderedLines lines, String line, OrderedNode node)
      throws Exception {
    return Asked.answer(reply -> lines.look(LockName.of(line), node, reply));
  }

  static boolean replace(
      OrderedLines lines, String line, OrderedNode node, NodeBody seen, String content)
      throws Exception {
    return Asked.answer(
        reply -> lines.replace(LockName.of(line), node, seen, bytes(content), reply));
  }

  static boolean remove(OrderedLines lines, String line, OrderedNode node) throws Exception {
    return Asked.answer(reply -> lines.remove(LockName.of(line), node, reply));
  }

  @Override
  public void close() {
    medium.close();
    surroundings.close();
  }
}
