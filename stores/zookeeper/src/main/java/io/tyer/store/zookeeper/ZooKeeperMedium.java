package io.tyer.store.zookeeper;

import io.tyer.line.SessionId;
import io.tyer.spi.LineStoreProvider.Settings;
import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import io.tyer.store.ordered.OrderedEvents;
import io.tyer.store.ordered.OrderedLines;
import io.tyer.store.ordered.OrderedMedium;
import io.tyer.store.ordered.OrderedSession;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Nodes on ZooKeeper: one session of its own for each session. */
final class ZooKeeperMedium implements OrderedMedium {

  /** No less lets a session be proved in time, by two writes a tick apart, and a margin of one. */
  private static final int LEAST_TICKS = 5;

  /** Longer than any server gives, and short enough for its client to calculate with. */
  private static final Duration LONGEST = Duration.ofDays(6);

  private final ZooKeeperAddress address;
  private final Settings settings;
  private final Paths paths;
  private final OperatorLines operators;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  ZooKeeperMedium(ZooKeeperAddress address, Settings settings) {
    this.address = address;
    this.settings = settings;
    this.paths = new Paths(address.root());
    this.operators = new OperatorLines(paths, address, settings, this::made);
  }

  @Override
  public String description() {
    return address.shown();
  }

  @Override
  public void open(
      SessionId id, Duration ttl, String owner, OrderedEvents events, Reply<OrderedSession> reply) {
    Duration least = address.tick().multipliedBy(LEAST_TICKS);
    if (ttl.compareTo(least) < 0) {
      reply.failed(
          new Failures(address)
              .refused(
                  "a ttl of "
                      + ttl.toMillis()
                      + " ms is too short for servers with a tickTime of "
                      + address.tick().toMillis()
                      + " ms: ask for "
                      + least.toMillis()
                      + " ms or more, or say by the option tick that theirs is shorter"));
      return;
    }
    ZooKeeperSession session =
        new ZooKeeperSession(paths, address, settings, id, ttl, owner, events);
    try {
      Duration asked = ttl.compareTo(LONGEST) > 0 ? LONGEST : ttl;
      Link link = Link.to(address, settings, (int) asked.toMillis(), session);
      session.use(link);
      made(link);
      new Opening(address, settings, ttl, session, reply).start();
    } catch (StoreException e) {
      reply.failed(e);
    }
  }

  private void made(Link link) {
    links.removeIf(Link::isOver);
    links.add(link);
    if (closed) {
      link.abandon();
    }
  }

  @Override
  public OrderedLines lines() {
    return operators;
  }

  @Override
  public void close() {
    closed = true;
    links.forEach(Link::abandon);
  }
}
