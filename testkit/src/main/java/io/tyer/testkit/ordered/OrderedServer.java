package io.tyer.testkit.ordered;

import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.spi.Surroundings;
import io.tyer.store.ordered.LineNodes;
import io.tyer.store.ordered.NodeBody;
import io.tyer.store.ordered.OrderedEvents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A server of ordered nodes in memory, shared by {@linkplain InMemoryOrderedMedium media}. Sessions
 * die by its clock; whoever comes next finds it out.
 */
public final class OrderedServer {

  private final Surroundings clock;
  private final OrderedFlavour flavour;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private final Map<LockName, List<StoredNode>> lines = new HashMap<>();
  private final Map<SessionId, StoredSession> sessions = new HashMap<>();
  private final Set<Deliveries> touched = new LinkedHashSet<>();
  private long revision;

  /** A session at the server. */
  static final class StoredSession {
    final OrderedEvents events;
    final Deliveries to;
    private final long ttlNanos;

    /** When the server heard of it, and when it heard of it before. */
    private long heardNanos;

    private long deadlineNanos;

    private StoredSession(OrderedEvents events, Deliveries to, long ttlNanos, long nowNanos) {
      this.events = events;
      this.to = to;
      this.ttlNanos = ttlNanos;
      this.heardNanos = nowNanos;
      this.deadlineNanos = nowNanos + ttlNanos;
    }
  }

  /**
   * An empty server.
   *
   * @param clock by which sessions die
   */
  public OrderedServer(Surroundings clock, OrderedFlavour flavour) {
    this.clock = clock;
    this.flavour = flavour;
  }

  OrderedFlavour flavour() {
    return flavour;
  }

  // ---- tests

  /** Counts on from this number, as a server does that has been written to for years. */
  public void countFrom(long last) {
    Boolean unused =
        change(
            () -> {
              revision = last;
              return true;
            });
  }

  /** Ends a session, as if nothing had been heard of it for its TTL. */
  public void expire(SessionId session) {
    change(() -> end(session, "a test ended it"));
  }

  /** How many tickets stand in each line that is not empty, by the lock's name. */
  public SortedMap<String, Integer> tickets() {
    return change(
        () -> {
          SortedMap<String, Integer> tickets = new TreeMap<>();
          lines.forEach((name, nodes) -> tickets.put(name.text(), nodes.size()));
          return tickets;
        });
  }

  /** The line as it is, with the nodes' own numbers. */
  public List<NodeBody> bodies(LockName name) {
    return change(() -> nodes(name).stream().map(StoredNode::body).toList());
  }

  /** The labels of a line's nodes. */
  public List<String> labels(LockName name) {
    return change(() -> nodes(name).stream().map(node -> node.label).toList());
  }

  /** For how long the server keeps a session if it hears nothing more of it; negative if not. */
  public long keepsNanos(SessionId id) {
    return change(
        () -> {
          StoredSession session = sessions.get(id);
          return session == null ? -1 : session.deadlineNanos - clock.nanoTime();
        });
  }

  /** How many sessions there are. */
  public int sessions() {
    return change(sessions::size);
  }

  // ---- what media do

  /** Does something at once and alone; whoever is to be told of it is, afterwards. */
  <T> T change(Supplier<T> request) {
    T value;
    List<Deliveries> told;
    lock.lock();
    try {
      bury();
      value = request.get();
      told = List.copyOf(touched);
      touched.clear();
    } finally {
      lock.unlock();
    }
    told.forEach(Deliveries::run);
    return value;
  }

  /** Tells a client something when this request is over. Under the lock. */
  void tell(Deliveries to, Runnable delivery) {
    to.add(delivery);
    touched.add(to);
  }

  private void bury() {
    long now = clock.nanoTime();
    List<SessionId> dead = new ArrayList<>();
    sessions.forEach(
        (id, session) -> {
          if (now - session.deadlineNanos >= 0) {
            dead.add(id);
          }
        });
    dead.forEach(id -> end(id, "nothing was heard of it for its TTL"));
  }

  /** Whether there is no session of this id already. */
  boolean open(SessionId id, OrderedEvents events, Deliveries to, long ttlNanos) {
    return sessions.putIfAbsent(id, new StoredSession(events, to, ttlNanos, clock.nanoTime()))
        == null;
  }

  @Nullable StoredSession session(SessionId id) {
    return sessions.get(id);
  }

  /** It is heard of; false if it is dead. */
  boolean hear(SessionId id) {
    StoredSession session = sessions.get(id);
    if (session == null) {
      return false;
    }
    long now = clock.nanoTime();
    long from = flavour.countsAtOnce() ? now : session.heardNanos;
    session.heardNanos = now;
    session.deadlineNanos = from + session.ttlNanos;
    return true;
  }

  /** Ends a session, whose nodes go; whether there was one. */
  boolean end(SessionId id, @Nullable String why) {
    StoredSession session = sessions.remove(id);
    if (session == null) {
      return false;
    }
    for (LockName name : List.copyOf(lines.keySet())) {
      for (StoredNode node : List.copyOf(nodes(name))) {
        if (node.session.equals(id)) {
          remove(name, node.key);
        }
      }
    }
    if (why != null) {
      tell(session.to, () -> session.events.ended(why));
    }
    return true;
  }

  List<LockName> names(String prefix) {
    return lines.keySet().stream().filter(name -> name.text().startsWith(prefix)).toList();
  }

  private List<StoredNode> nodes(LockName name) {
    return lines.getOrDefault(name, List.of());
  }

  LineNodes read(LockName name) {
    return new LineNodes(nodes(name).stream().map(node -> node.listed(flavour)).toList(), revision);
  }

  @Nullable StoredNode find(LockName name, String key) {
    return nodes(name).stream().filter(node -> node.key.equals(key)).findFirst().orElse(null);
  }

  /** Whether nothing was appended to a line or replaced there since. */
  boolean unchangedSince(LockName name, long since) {
    return nodes(name).stream()
        .allMatch(node -> node.body().number() <= since && node.body().version() <= since);
  }

  StoredNode append(LockName name, SessionId session, String label, byte[] content) {
    revision++;
    NodeBody body = new NodeBody(revision, revision, content);
    StoredNode node = new StoredNode(label + "." + revision, label, session, body);
    lines.computeIfAbsent(name, unused -> new ArrayList<>()).add(node);
    return node;
  }

  boolean replace(LockName name, String key, NodeBody seen, byte[] content) {
    StoredNode node = find(name, key);
    if (node == null
        || node.body().number() != seen.number()
        || node.body().version() != seen.version()) {
      return false;
    }
    revision++;
    node.replace(revision, content);
    happened(node, false);
    return true;
  }

  boolean remove(LockName name, String key) {
    StoredNode node = find(name, key);
    if (node == null) {
      return false;
    }
    revision++;
    List<StoredNode> nodes = lines.get(name);
    if (nodes != null) {
      nodes.remove(node);
      if (nodes.isEmpty()) {
        lines.remove(name);
      }
    }
    happened(node, true);
    return true;
  }

  private void happened(StoredNode node, boolean gone) {
    for (StoredNode.Watcher watcher : node.watchers) {
      tell(watcher.to(), () -> watcher.watch().happened(gone));
    }
    node.watchers.clear();
  }

  /** A client's connection broke: what it watched, it has to look at again. */
  void forgetWatches(Deliveries of) {
    for (List<StoredNode> nodes : lines.values()) {
      for (StoredNode node : nodes) {
        for (StoredNode.Watcher watcher : List.copyOf(node.watchers)) {
          if (watcher.to() == of) {
            node.watchers.remove(watcher);
            tell(of, () -> watcher.watch().happened(false));
          }
        }
      }
    }
    sessions.values().stream()
        .filter(session -> session.to == of)
        .forEach(session -> tell(of, session.events::missed));
  }
}
