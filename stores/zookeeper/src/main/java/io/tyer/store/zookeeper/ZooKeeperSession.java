package io.tyer.store.zookeeper;

import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.spi.Cancellable;
import io.tyer.spi.LineStoreProvider.Settings;
import io.tyer.spi.Moment;
import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import io.tyer.store.ordered.Appended;
import io.tyer.store.ordered.LineNodes;
import io.tyer.store.ordered.NodeBody;
import io.tyer.store.ordered.NodeWatch;
import io.tyer.store.ordered.OrderedEvents;
import io.tyer.store.ordered.OrderedNode;
import io.tyer.store.ordered.OrderedSession;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.data.ACL;
import org.jspecify.annotations.Nullable;

/** A session, with a node that it writes to prove that it lives, and one for what it is told. */
final class ZooKeeperSession extends ZooKeeperLines implements OrderedSession, Link.Events {

  /** How long before the next prove a write is made for it to stand upon, in quarters of a tick. */
  private static final int QUARTERS_BEFORE = 5;

  private static final Duration SURELY_ANSWERED = Duration.ofMillis(100);

  /** After that, another member is asked, unless an operation may take longer. */
  private static final Duration SHORTEST_SILENCE = Duration.ofMillis(500);

  /** So many times per TTL it is proved. */
  private static final int PROVED_PER_TTL = 3;

  private final Settings settings;
  private final SessionId id;
  private final byte[] owner;
  private final List<ACL> access;
  private final long silentAfterNanos;
  private final long touchAfterNanos;
  private final OrderedEvents events;
  private final Inbox inbox;
  private final ContainerSweep sweep;
  private final Containers containers;

  /** Those that have not happened; a new connection has none of them. */
  private final Set<OneWatch> watches = ConcurrentHashMap.newKeySet();

  private final AtomicReference<@Nullable Cancellable> touch = new AtomicReference<>();
  private volatile @Nullable Link link;
  private volatile boolean opened;
  private volatile boolean ended;

  ZooKeeperSession(
      Paths paths,
      ZooKeeperAddress address,
      Settings settings,
      SessionId id,
      Duration ttl,
      String owner,
      OrderedEvents events) {
    super(paths);
    this.settings = settings;
    this.id = id;
    this.owner = text(owner);
    this.access = Access.of(address);
    this.events = events;
    this.inbox = new Inbox(events);
    this.containers = new Containers(ttl.toNanos());
    this.sweep = new ContainerSweep(settings.surroundings(), paths);
    Duration before =
        max(
            address.tick().multipliedBy(QUARTERS_BEFORE).dividedBy(4),
            address.tick().plus(SURELY_ANSWERED));
    this.silentAfterNanos =
        max(settings.operationTimeout().dividedBy(4), SHORTEST_SILENCE).toNanos();
    this.touchAfterNanos = ttl.dividedBy(PROVED_PER_TTL).minus(before).toNanos();
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /** Its own, once it has one. */
  void use(Link its) {
    link = its;
  }

  Link link() {
    Link its = link;
    if (its == null) {
      throw new IllegalStateException("the session has no link yet");
    }
    return its;
  }

  @Override
  Link link(Reply<?> reply) {
    return link();
  }

  String path() {
    return paths().session(id);
  }

  String inboxPath() {
    return paths().inbox(id);
  }

  byte[] owner() {
    return owner;
  }

  List<ACL> access() {
    return access;
  }

  /** From now on it is told what happens. */
  void opened() {
    opened = true;
    touchLater();
  }

  // ---- what happens

  @Override
  public void reconnected() {
    if (!opened) {
      return;
    }
    link().send(failure -> {}, live -> readInbox(live, () -> {}));
    events.missed();
    watches.forEach(OneWatch::missed);
  }

  @Override
  public void over(StoreException why) {
    ended = true;
    if (opened) {
      events.ended(String.valueOf(why.getMessage()));
    }
  }

  /** Of its inbox: the same object each time, so that there is one watch. */
  final Watcher inboxWatcher = this::inboxChanged;

  private void inboxChanged(WatchedEvent event) {
    if (event.getType() == EventType.NodeDataChanged && !ended) {
      link().send(failure -> {}, live -> readInbox(live, () -> {}));
    }
  }

  private void readInbox(Link.Live live, Runnable then) {
    live.client()
        .getData(
            inboxPath(),
            inboxWatcher,
            (result, on, context, data, stat) -> {
              if (result == OK && stat != null && opened) {
                inbox.read(stat.getVersion(), data == null ? new byte[0] : data);
              }
              then.run();
            },
            null);
  }

  // ---- proofs

  @Override
  public void prove(Reply<Moment> reply) {
    Link its = link();
    long on = its.connection();
    AtomicBoolean answered = new AtomicBoolean();
    Cancellable silence =
        settings
            .surroundings()
            .schedule(
                silentAfterNanos,
                () -> {
                  if (!answered.get()) {
                    its.doubt(on);
                  }
                });
    removeIdle(its);
    its.send(
        reply::failed,
        live -> {
          int[] written = {OK};
          write(live, result -> written[0] = result);
          // What it was told before is told before this is answered.
          readInbox(
              live,
              () -> {
                answered.set(true);
                silence.cancel();
                proved(its, written[0], reply);
              });
        });
  }

  private void proved(Link its, int written, Reply<Moment> reply) {
    if (written == OK) {
      touchLater();
      reply.done(its.proofs().since());
    } else if (written == NO_NODE) {
      reply.failed(its.failures().ended("the session's node " + path() + " was removed by hand"));
    } else {
      reply.failed(its.failure(written, path(), true));
    }
  }

  /** Containers of names that were used once go before there are many. */
  private void removeIdle(Link its) {
    for (String line : containers.idle(settings.surroundings().nanoTime())) {
      its.send(Duration.ZERO, failure -> {}, live -> delete(live.client(), line));
    }
  }

  /** Whatever comes of it: a container in which there is a node stays. */
  private static void delete(Client client, String path) {
    client.delete(path, -1, (result, on, context) -> {}, null);
  }

  @Override
  void removed(String path) {
    containers.removed(path, settings.surroundings().nanoTime());
  }

  private void write(Link.Live live, java.util.function.IntConsumer result) {
    live.client()
        .setData(
            path(),
            owner,
            -1,
            (code, on, context, stat) -> {
              if (code == OK) {
                live.written().answered();
              }
              result.accept(code);
            },
            null);
  }

  /** A write a little more than a tick before the next prove lets that prove more. */
  private void touchLater() {
    if (touchAfterNanos > 0 && !ended) {
      Cancellable next = settings.surroundings().schedule(touchAfterNanos, this::touch);
      Cancellable former = touch.getAndSet(next);
      if (former != null) {
        former.cancel();
      }
    }
  }

  private void touch() {
    Link its = link();
    if (!ended && !its.proofs().isFresh(settings.surroundings().nanoTime())) {
      its.send(Duration.ZERO, failure -> {}, live -> write(live, result -> {}));
    }
  }

  // ---- nodes

  @Override
  public void append(
      LockName line,
      String label,
      byte[] content,
      @Nullable LineNodes unchangedSince,
      Reply<Optional<Appended>> reply) {
    new Appending(link(), paths(), line, label, content, access, containers::appended, reply)
        .start();
  }

  @Override
  public Cancellable watch(
      LockName line, OrderedNode node, NodeWatch watch, Reply<Optional<NodeBody>> reply) {
    Link its = link();
    String path = paths().node(line, node);
    OneWatch watcher = new OneWatch(watch, watches);
    its.send(
        reply::failed,
        live ->
            live.client()
                .getData(
                    path,
                    watcher,
                    (result, on, context, data, stat) -> {
                      if (result == OK) {
                        watches.add(watcher);
                      }
                      looked(its, result, on, data, stat, reply);
                      if (result == OK) {
                        watched(live, path, watcher);
                      }
                    },
                    null));
    return () -> {
      if (watcher.end()) {
        unwatch(its, path, watcher);
      }
    };
  }

  private void watched(Link.Live live, String path, OneWatch watcher) {
    if (watcher.over.get()) {
      watches.remove(watcher);
      unwatch(link(), path, watcher);
    } else if (!live.written().isCurrent()) {
      // Another connection has called those that it knew of.
      watcher.missed();
    }
  }

  private static void unwatch(Link its, String path, Watcher watcher) {
    its.send(
        Duration.ZERO,
        failure -> {},
        live ->
            live.client()
                .removeWatches(
                    path,
                    watcher,
                    Watcher.WatcherType.Data,
                    true,
                    (result, on, context) -> {},
                    null));
  }

  /** Tells once, unless it was called off before. */
  private static final class OneWatch implements Watcher {
    private final NodeWatch watch;
    private final Set<OneWatch> all;
    private final AtomicBoolean over = new AtomicBoolean();

    OneWatch(NodeWatch watch, Set<OneWatch> all) {
      this.watch = watch;
      this.all = all;
    }

    /** Whether it is called off by this. */
    boolean end() {
      all.remove(this);
      return over.compareAndSet(false, true);
    }

    @Override
    public void process(WatchedEvent event) {
      boolean gone = event.getType() == EventType.NodeDeleted;
      boolean happened = gone || event.getType() == EventType.NodeDataChanged;
      if (happened && end()) {
        watch.happened(gone);
      }
    }

    /** Its connection is gone. */
    void missed() {
      if (end()) {
        watch.happened(false);
      }
    }
  }

  @Override
  public void sweep() {
    sweep.start(link());
  }

  // ---- the end

  @Override
  public void end(Reply<Boolean> reply) {
    ended = true;
    Cancellable next = touch.get();
    if (next != null) {
      next.cancel();
    }
    link().end(client -> containers.atEnd().forEach(path -> delete(client, path)), reply);
  }
}
