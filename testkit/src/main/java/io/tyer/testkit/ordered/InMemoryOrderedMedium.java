package io.tyer.testkit.ordered;

import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.spi.Moment;
import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.spi.Surroundings;
import io.tyer.store.ordered.LineNodes;
import io.tyer.store.ordered.NodeBody;
import io.tyer.store.ordered.OrderedEvents;
import io.tyer.store.ordered.OrderedLines;
import io.tyer.store.ordered.OrderedMedium;
import io.tyer.store.ordered.OrderedNode;
import io.tyer.store.ordered.OrderedSession;
import io.tyer.testkit.ordered.OrderedFaults.Call;
import io.tyer.testkit.ordered.OrderedFaults.Fate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** One client's way to an {@link OrderedServer}. It answers on the calling thread. */
public final class InMemoryOrderedMedium implements OrderedMedium {

  private final OrderedServer server;
  private final Surroundings machine;
  private final OrderedFaults faults;
  private final Deliveries deliveries = new Deliveries();
  private final Queue<Runnable> late = new ConcurrentLinkedQueue<>();

  /**
   * A client of this server.
   *
   * @param machine of the client: what proves a session is told by its clocks
   * @param faults what goes wrong
   */
  public InMemoryOrderedMedium(OrderedServer server, Surroundings machine, OrderedFaults faults) {
    this.server = server;
    this.machine = machine;
    this.faults = faults;
  }

  OrderedServer server() {
    return server;
  }

  Surroundings machine() {
    return machine;
  }

  OrderedFaults faults() {
    return faults;
  }

  Deliveries deliveries() {
    return deliveries;
  }

  // ---- tests

  /** Does what was {@linkplain Fate#LATE late}; whether there was anything. */
  public boolean deliverLate() {
    boolean any = false;
    for (Runnable call = late.poll(); call != null; call = late.poll()) {
      call.run();
      any = true;
    }
    return any;
  }

  /** The connection breaks and comes back: what was watched may have been missed, and hints. */
  public void reconnect() {
    Boolean unused =
        server.change(
            () -> {
              server.forgetWatches(deliveries);
              return true;
            });
  }

  // ---- calls

  /** What the server does in a call, and answers. */
  @FunctionalInterface
  interface AtServer<T> {
    T run() throws StoreException;
  }

  /** Makes a call, if nothing goes wrong. */
  <T> void call(Call call, Reply<T> reply, AtServer<T> atServer) {
    Fate fate = faults.fate(call);
    switch (fate) {
      case ANSWERED -> done(reply, atServer);
      case UNREACHABLE -> failed(reply, Kind.UNREACHABLE, "no connection");
      case LOST -> failed(reply, Kind.UNKNOWN, "the connection broke");
      case ANSWER_LOST -> {
        done(ignoring(), atServer);
        failed(reply, Kind.UNKNOWN, "the answer was lost");
      }
      case LATE -> {
        late.add(() -> done(ignoring(), atServer));
        failed(reply, Kind.UNKNOWN, "no answer came");
      }
      case SILENT -> done(ignoring(), atServer);
    }
  }

  private <T> void done(Reply<T> reply, AtServer<T> atServer) {
    Supplier<Boolean> request =
        () -> {
          try {
            T value = atServer.run();
            server.tell(deliveries, () -> reply.done(value));
          } catch (StoreException e) {
            server.tell(deliveries, () -> reply.failed(e));
          }
          return true;
        };
    Boolean unused = server.change(request);
  }

  private <T> void failed(Reply<T> reply, Kind kind, String message) {
    Supplier<Boolean> request =
        () -> {
          server.tell(deliveries, () -> reply.failed(new StoreException(kind, message)));
          return true;
        };
    Boolean unused = server.change(request);
  }

  private static <T> Reply<T> ignoring() {
    return new Reply<>() {
      @Override
      public void done(T value) {}

      @Override
      public void failed(StoreException failure) {}
    };
  }

  // ---- the medium

  @Override
  public String description() {
    return "ordered nodes in memory";
  }

  @Override
  public void open(
      SessionId id, Duration ttl, String owner, OrderedEvents events, Reply<OrderedSession> reply) {
    Moment left = Moment.now(machine);
    this.<OrderedSession>call(
        Call.OPEN,
        reply,
        () -> {
          if (!server.open(id, events, deliveries, ttl.toNanos())) {
            throw new StoreException(Kind.REFUSED, "session " + id + " was opened before");
          }
          return new InMemoryOrderedSession(this, id, left);
        });
  }

  @Override
  public OrderedLines lines() {
    return new InMemoryLines(this);
  }

  @Override
  public void close() {}

  /** What an operator does, and what a session does to nodes that are there. */
  static class InMemoryLines implements OrderedLines {

    final InMemoryOrderedMedium medium;
    final OrderedServer server;

    InMemoryLines(InMemoryOrderedMedium medium) {
      this.medium = medium;
      this.server = medium.server;
    }

    /** Whoever makes a call of a session that is dead is told so. */
    void requireAlive() throws StoreException {}

    final <T> void call(Call call, Reply<T> reply, AtServer<T> atServer) {
      medium.call(
          call,
          reply,
          () -> {
            requireAlive();
            return atServer.run();
          });
    }

    @Override
    public void names(String prefix, Reply<List<LockName>> reply) {
      call(Call.READ, reply, () -> server.names(prefix));
    }

    @Override
    public void read(LockName line, boolean fresh, Reply<LineNodes> reply) {
      call(Call.READ, reply, () -> server.read(line));
    }

    @Override
    public void look(LockName line, OrderedNode node, Reply<Optional<NodeBody>> reply) {
      call(Call.READ, reply, () -> body(line, node));
    }

    final Optional<NodeBody> body(LockName line, OrderedNode node) {
      return Optional.ofNullable(server.find(line, node.key())).map(StoredNode::body);
    }

    @Override
    public void replace(
        LockName line, OrderedNode node, NodeBody seen, byte[] content, Reply<Boolean> reply) {
      call(Call.CHANGE, reply, () -> server.replace(line, node.key(), seen, content));
    }

    @Override
    public void remove(LockName line, OrderedNode node, Reply<Boolean> reply) {
      call(Call.CHANGE, reply, () -> server.remove(line, node.key()));
    }

    @Override
    public void tell(SessionId session, byte[] hint, Reply<Boolean> reply) {
      call(
          Call.CHANGE,
          reply,
          () -> {
            OrderedServer.StoredSession told = server.session(session);
            if (told == null) {
              return false;
            }
            server.tell(told.to, () -> told.events.told(hint));
            return true;
          });
    }
  }
}
