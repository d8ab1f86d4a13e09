package io.tyer.store.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.LeaseKeepAliveRequest;
import io.etcd.jetcd.api.LeaseKeepAliveResponse;
import io.etcd.jetcd.api.LeaseRevokeRequest;
import io.etcd.jetcd.api.LeaseRevokeResponse;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.spi.Cancellable;
import io.tyer.spi.Moment;
import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A lease, and what goes with it.
 *
 * <p><b>Appends that are late.</b> A member that was stopped may put a key long after its answer
 * was given up. So each append compares the revision of the session's {@code owner} key, the
 * <i>fence</i>; once the outcome of one was unknown, the next fresh read changes that key in the
 * same transaction: whatever was not done before is never done.
 */
final class EtcdSession implements OrderedSession {

  private static final int KEEP_ALIVES = 4;

  /** Between looks that fail, at least; nanoseconds. */
  private static final long PAUSE = Duration.ofMillis(250).toNanos();

  private final Calls calls;
  private final Keys keys;
  private final EtcdLines lines;
  private final SessionId id;
  private final long lease;
  private final ByteString owner;
  private final OrderedEvents events;
  private final Consumer<EtcdSession> over;
  private final Watches watches;
  private final Inbox inbox;
  private final AtomicLong appends = new AtomicLong();
  private final AtomicBoolean ended = new AtomicBoolean();

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private long fence;
  private long unknown;
  private long settled;

  EtcdSession(
      Calls calls,
      Keys keys,
      EtcdLines lines,
      SessionId id,
      long lease,
      String owner,
      long revision,
      OrderedEvents events,
      Consumer<EtcdSession> over) {
    this.calls = calls;
    this.keys = keys;
    this.lines = lines;
    this.id = id;
    this.lease = lease;
    this.owner = ByteString.copyFromUtf8(owner);
    this.events = events;
    this.over = over;
    this.fence = revision;
    this.inbox = new Inbox(revision, events);
    this.watches = new Watches(calls, events::missed);
  }

  // ---- what it is told

  /** Begins to be told. */
  void listen() {
    watch(inbox.seen() + 1);
  }

  private void watch(long from) {
    ByteString mine = keys.session(id);
    Cancellable unused =
        watches.watch(
            mine,
            Keys.endOf(mine),
            from,
            new Watches.Watcher() {
              @Override
              public void happened(List<Event> what) {
                what.forEach(EtcdSession.this::told);
              }

              /** What was missed is found out by reading. */
              @Override
              public void lost(String why) {
                lookAtOwnKeys();
              }
            });
  }

  private void told(Event event) {
    KeyValue pair = event.getKv();
    boolean mine = pair.getKey().equals(keys.owner(id));
    if (event.getType() == Event.EventType.DELETE) {
      if (mine) {
        died("its lease has ended");
      }
    } else if (!mine) {
      inbox.isNow(pair);
    }
  }

  private void lookAtOwnKeys() {
    if (ended.get()) {
      return;
    }
    calls.ask(
        KVGrpc.getRangeMethod(),
        Requests.readAll(keys.session(id)),
        new Reply<RangeResponse>() {
          @Override
          public void done(RangeResponse answer) {
            if (isAlive(answer)) {
              watch(answer.getHeader().getRevision() + 1);
            } else {
              died("its lease has ended");
            }
          }

          /** Nothing is told until it is watched again. */
          @Override
          public void failed(StoreException failure) {
            events.missed();
            long pause = PAUSE + Math.floorMod(calls.surroundings().nextLong(), PAUSE);
            Cancellable unused =
                calls.surroundings().schedule(pause, EtcdSession.this::lookAtOwnKeys);
          }
        });
  }

  /** Whether its own keys are there; takes notice of the inbox. */
  private boolean isAlive(RangeResponse answer) {
    boolean alive = false;
    for (KeyValue pair : answer.getKvsList()) {
      if (pair.getKey().equals(keys.owner(id))) {
        alive = true;
      } else if (pair.getKey().equals(keys.inbox(id))) {
        inbox.isNow(pair);
      }
    }
    return alive;
  }

  private void died(String why) {
    if (ended.compareAndSet(false, true)) {
      stop();
      events.ended(why);
    }
  }

  private void stop() {
    watches.close();
    over.accept(this);
  }

  /** Left to die. */
  void abandon() {
    ended.set(true);
    stop();
  }

  // ---- that it lives

  /**
   * A keep-alive is answered by whoever takes himself for the leader. That one was it when he was
   * asked, if a linearizable read that began after his answer was answered in the same term; and
   * whoever leads later gives each lease its whole TTL anew.
   */
  @Override
  public void prove(Reply<Moment> reply) {
    keepAlive(KEEP_ALIVES, reply);
  }

  private void keepAlive(int rounds, Reply<Moment> reply) {
    Moment before = Moment.now(calls.surroundings());
    calls.ask(
        LeaseGrpc.getLeaseKeepAliveMethod(),
        LeaseKeepAliveRequest.newBuilder().setID(lease).build(),
        Replies.then(
            reply,
            (LeaseKeepAliveResponse answer) -> {
              if (answer.getTTL() <= 0) {
                reply.failed(Failures.dead(calls.address() + " has ended the session's lease"));
              } else {
                confirm(before, answer.getHeader().getRaftTerm(), rounds, reply);
              }
            }));
  }

  private void confirm(Moment before, long term, int rounds, Reply<Moment> reply) {
    calls.ask(
        KVGrpc.getRangeMethod(),
        Requests.readAll(keys.session(id)),
        Replies.then(
            reply,
            (RangeResponse answer) -> {
              if (!isAlive(answer)) {
                reply.failed(Failures.dead(calls.address() + " has ended the session's lease"));
              } else if (answer.getHeader().getRaftTerm() == term) {
                reply.done(before);
              } else if (rounds > 1) {
                keepAlive(rounds - 1, reply);
              } else {
                reply.failed(
                    new StoreException(
                        Kind.UNREACHABLE, calls.address() + " changes its leader again and again"));
              }
            }));
  }

  // ---- nodes

  @Override
  public void append(
      LockName line,
      String label,
      byte[] content,
      @Nullable LineNodes unchangedSince,
      Reply<Optional<Appended>> reply) {
    String node = label + "," + Long.toHexString(lease) + "-" + appends.incrementAndGet();
    append(line, node, label, content, unchangedSince, true, reply);
  }

  private void append(
      LockName line,
      String node,
      String label,
      byte[] content,
      @Nullable LineNodes unchangedSince,
      boolean first,
      Reply<Optional<Appended>> reply) {
    ByteString prefix = keys.line(line);
    ByteString key = keys.node(line, node);
    long expected = fence();
    TxnRequest.Builder append =
        TxnRequest.newBuilder()
            .addCompare(Requests.modified(keys.owner(id), expected))
            .addSuccess(Requests.op(Requests.put(key, ByteString.copyFrom(content), lease)))
            .addSuccess(Requests.op(Requests.readAll(prefix)))
            .addFailure(Requests.op(Requests.read(keys.owner(id))));
    if (unchangedSince != null) {
      append.addCompare(Requests.unchangedSince(prefix, unchangedSince.revision()));
    }
    calls.change(
        KVGrpc.getTxnMethod(),
        append.build(),
        new Reply<TxnResponse>() {
          @Override
          public void done(TxnResponse answer) {
            if (answer.getSucceeded()) {
              reply.done(Optional.of(appended(answer, node, label, content)));
              return;
            }
            RangeResponse now = answer.getResponses(0).getResponseRange();
            if (now.getKvsCount() == 0) {
              reply.failed(Failures.dead(calls.address() + " has ended the session's lease"));
            } else if (now.getKvs(0).getModRevision() == expected) {
              reply.done(Optional.empty());
            } else {
              fenceIs(now.getKvs(0).getModRevision());
              if (first) {
                append(line, node, label, content, unchangedSince, false, reply);
              } else {
                reply.failed(
                    new StoreException(
                        Kind.UNREACHABLE, "the session " + id + " settles what was unknown"));
              }
            }
          }

          @Override
          public void failed(StoreException failure) {
            if (failure.kind() == Kind.UNKNOWN) {
              becameUnknown();
            }
            reply.failed(failure);
          }
        });
  }

  private static Appended appended(TxnResponse answer, String node, String label, byte[] content) {
    long revision = answer.getHeader().getRevision();
    NodeBody body = new NodeBody(revision, revision, content);
    LineNodes nodes = EtcdLines.nodes(answer.getResponses(1).getResponseRange());
    return new Appended(
        new OrderedNode(node, label, body), body, new LineNodes(nodes.nodes(), revision));
  }

  private long fence() {
    lock.lock();
    try {
      return fence;
    } finally {
      lock.unlock();
    }
  }

  /** Only this session changes it, so that a later one is a newer one. */
  private void fenceIs(long revision) {
    lock.lock();
    try {
      fence = Math.max(fence, revision);
    } finally {
      lock.unlock();
    }
  }

  private void becameUnknown() {
    lock.lock();
    try {
      unknown++;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void read(LockName line, boolean fresh, Reply<LineNodes> reply) {
    long upTo;
    lock.lock();
    try {
      upTo = unknown;
      fresh = fresh && settled < upTo;
    } finally {
      lock.unlock();
    }
    if (fresh) {
      settle(line, upTo, reply);
    } else {
      lines.read(line, true, reply);
    }
  }

  /** Reads, and ends what may yet come of appends whose outcome is unknown. */
  private void settle(LockName line, long upTo, Reply<LineNodes> reply) {
    TxnRequest settle =
        TxnRequest.newBuilder()
            .addCompare(Requests.isPresent(keys.owner(id)))
            .addSuccess(Requests.op(Requests.replace(keys.owner(id), owner)))
            .addSuccess(Requests.op(Requests.readAll(keys.line(line))))
            .build();
    calls.change(
        KVGrpc.getTxnMethod(),
        settle,
        new Reply<TxnResponse>() {
          @Override
          public void done(TxnResponse answer) {
            if (!answer.getSucceeded()) {
              reply.failed(Failures.dead(calls.address() + " has ended the session's lease"));
              return;
            }
            lock.lock();
            try {
              fence = Math.max(fence, answer.getHeader().getRevision());
              settled = Math.max(settled, upTo);
            } finally {
              lock.unlock();
            }
            LineNodes nodes = EtcdLines.nodes(answer.getResponses(1).getResponseRange());
            reply.done(new LineNodes(nodes.nodes(), answer.getHeader().getRevision()));
          }

          /** Nothing of the line has changed, whatever has become of it. */
          @Override
          public void failed(StoreException failure) {
            reply.failed(
                failure.kind() == Kind.UNKNOWN
                    ? new StoreException(
                        Kind.UNREACHABLE, String.valueOf(failure.getMessage()), failure)
                    : failure);
          }
        });
  }

  /** What a listing has told of a node is not asked for again. */
  @Override
  public Cancellable watch(
      LockName line, OrderedNode node, NodeWatch watch, Reply<Optional<NodeBody>> reply) {
    NodeWatching watching = new NodeWatching(calls, watches, keys.node(line, node.key()), watch);
    NodeBody listed = node.body();
    if (listed == null) {
      watching.look(reply);
    } else {
      reply.done(Optional.of(listed));
      watching.since(listed.version());
    }
    return watching;
  }

  @Override
  public void end(Reply<Boolean> reply) {
    ended.set(true);
    stop();
    calls.change(
        LeaseGrpc.getLeaseRevokeMethod(),
        LeaseRevokeRequest.newBuilder().setID(lease).build(),
        new Reply<LeaseRevokeResponse>() {
          @Override
          public void done(LeaseRevokeResponse answer) {
            reply.done(true);
          }

          @Override
          public void failed(StoreException failure) {
            if (failure.kind() == Kind.SESSION_DEAD) {
              reply.done(false);
            } else {
              reply.failed(failure);
            }
          }
        });
  }

  // ---- what needs no session

  @Override
  public void names(String prefix, Reply<List<LockName>> reply) {
    lines.names(prefix, reply);
  }

  @Override
  public void look(LockName line, OrderedNode node, Reply<Optional<NodeBody>> reply) {
    lines.look(line, node, reply);
  }

  @Override
  public void replace(
      LockName line, OrderedNode node, NodeBody seen, byte[] content, Reply<Boolean> reply) {
    lines.replace(line, node, seen, content, reply);
  }

  @Override
  public void remove(LockName line, OrderedNode node, Reply<Boolean> reply) {
    lines.remove(line, node, reply);
  }

  @Override
  public void tell(SessionId session, byte[] hint, Reply<Boolean> reply) {
    lines.tell(session, hint, reply);
  }
}
