package io.tyer.engine;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.spi.Bearers;
import io.tyer.spi.BeatAnswer;
import io.tyer.spi.LineStore;
import io.tyer.spi.LineView;
import io.tyer.spi.Reply;
import io.tyer.spi.SessionEvents;
import io.tyer.spi.SessionRequest;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreSession;
import io.tyer.spi.StoreTraits;
import io.tyer.spi.Surroundings;
import io.tyer.spi.TicketState;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A store behind a switchable fault, per operation. */
final class FaultyStore implements LineStore {

  enum Fault {
    NONE,
    /** Nothing arrives and nothing comes back. */
    BLACK_HOLE,
    /** Refused at once, certainly without effect. */
    UNREACHABLE,
    /** The same, and sound again afterwards. */
    UNREACHABLE_ONCE,
    /** Done, but the reply never comes. */
    REPLY_LOST,
    /** Done, but the connection breaks before the reply. */
    REPLY_CUT,
    /** Done, but the reply takes longer than a session is proved. */
    REPLY_LATE,
    /** No rights. */
    REFUSED,
    /** Done, and answered, after a while. */
    SLOW
  }

  private final LineStore store;
  private final Surroundings surroundings;
  private final long lateNanos;
  private volatile boolean tells = true;
  private volatile boolean deaf;
  private volatile boolean leavesAndEnters;
  private final ConcurrentHashMap<String, Fault> faults = new ConcurrentHashMap<>();
  final ConcurrentHashMap<String, AtomicInteger> calls = new ConcurrentHashMap<>();

  /** The requests to enter, and those that went with a leave. */
  final List<RequestId> enters = new CopyOnWriteArrayList<>();

  final List<RequestId> withLeaves = new CopyOnWriteArrayList<>();

  FaultyStore(LineStore store, Surroundings surroundings, long lateNanos) {
    this.store = store;
    this.surroundings = surroundings;
    this.lateNanos = lateNanos;
  }

  void fault(String operation, Fault fault) {
    faults.put(operation, fault);
  }

  void faultEverywhere(Fault fault) {
    for (String operation : List.of("open", "beat", "enter", "leave", "weaken", "check", "end")) {
      fault(operation, fault);
    }
  }

  int calls(String operation) {
    return calls.computeIfAbsent(operation, o -> new AtomicInteger()).get();
  }

  private <T> void through(String operation, Reply<T> reply, Consumer<Reply<T>> request) {
    calls.computeIfAbsent(operation, o -> new AtomicInteger()).incrementAndGet();
    switch (faults.getOrDefault(operation, Fault.NONE)) {
      case NONE -> request.accept(reply);
      case BLACK_HOLE -> {}
      case SLOW -> surroundings.schedule(lateNanos, () -> request.accept(reply));
      case UNREACHABLE ->
          reply.failed(new StoreException(StoreException.Kind.UNREACHABLE, "the cable is cut"));
      case UNREACHABLE_ONCE -> {
        fault(operation, Fault.NONE);
        reply.failed(new StoreException(StoreException.Kind.UNREACHABLE, "the cable is loose"));
      }
      case REFUSED -> reply.failed(new StoreException(StoreException.Kind.REFUSED, "no rights"));
      case REPLY_LATE ->
          request.accept(
              new Reply<T>() {
                @Override
                public void done(T value) {
                  surroundings.schedule(lateNanos, () -> reply.done(value));
                }

                @Override
                public void failed(StoreException failure) {
                  surroundings.schedule(lateNanos, () -> reply.failed(failure));
                }
              });
      case REPLY_CUT -> {
        request.accept(unheard());
        reply.failed(new StoreException(StoreException.Kind.UNKNOWN, "the cable was cut"));
      }
      case REPLY_LOST -> request.accept(unheard());
    }
  }

  private static <T> Reply<T> unheard() {
    return new Reply<>() {
      @Override
      public void done(T value) {}

      @Override
      public void failed(StoreException failure) {}
    };
  }

  @Override
  public String description() {
    return "faulty:" + store.description();
  }

  @Override
  public StoreTraits traits() {
    StoreTraits real = store.traits();
    return new StoreTraits(
        real.blocking(), tells, real.extraMargin(), real.firstCheck(), real.lastCheck());
  }

  /** It cannot tell its clients of each other any more. */
  void tellNothing() {
    tells = false;
  }

  /** Its sessions leave and enter in one. */
  void leaveAndEnterInOne() {
    leavesAndEnters = true;
  }

  /** Sessions opened from now on hear nothing, though they are told that they would. */
  void tellNobody() {
    deaf = true;
  }

  @Override
  public int shards() {
    return store.shards();
  }

  @Override
  public int shardOf(LockName name) {
    return store.shardOf(name);
  }

  @Override
  public void open(SessionRequest request, SessionEvents events, Reply<StoreSession> reply) {
    through(
        "open",
        reply,
        then ->
            store.open(
                request,
                deaf ? SessionEvents.none() : events,
                new Reply<StoreSession>() {
                  @Override
                  public void done(StoreSession session) {
                    then.done(new Session(session));
                  }

                  @Override
                  public void failed(StoreException failure) {
                    then.failed(failure);
                  }
                }));
  }

  @Override
  public void list(String prefix, Reply<List<LineView>> reply) {
    store.list(prefix, reply);
  }

  @Override
  public void revoke(LockName name, OptionalLong number, boolean now, Reply<Integer> reply) {
    store.revoke(name, number, now, reply);
  }

  @Override
  public void close() {
    store.close();
  }

  private final class Session implements StoreSession {

    private final StoreSession session;

    Session(StoreSession session) {
      this.session = session;
    }

    @Override
    public SessionId id() {
      return session.id();
    }

    @Override
    public void beat(Bearers bearers, Reply<BeatAnswer> reply) {
      through("beat", reply, then -> session.beat(bearers, then));
    }

    @Override
    public void enter(LockName name, Ask ask, boolean onlyIfFree, Reply<TicketState> reply) {
      enters.add(ask.request());
      through("enter", reply, then -> session.enter(name, ask, onlyIfFree, then));
    }

    @Override
    public void leave(LockName name, RequestId request, long number, Reply<Boolean> reply) {
      through("leave", reply, then -> session.leave(name, request, number, then));
    }

    @Override
    public void leaveUnawaited(
        LockName name, RequestId request, long number, Reply<Boolean> reply) {
      calls.computeIfAbsent("leave unawaited", o -> new AtomicInteger()).incrementAndGet();
      through("leave", reply, then -> session.leaveUnawaited(name, request, number, then));
    }

    @Override
    public boolean leavesAndEnters() {
      return leavesAndEnters;
    }

    /** The store behind it need not be able to. */
    @Override
    public void leaveAndEnter(
        LockName name,
        RequestId request,
        long number,
        Ask ask,
        Reply<Boolean> left,
        Reply<TicketState> entered) {
      withLeaves.add(ask.request());
      leave(name, request, number, left);
      enter(name, ask, false, entered);
    }

    @Override
    public void weaken(
        LockName name,
        RequestId request,
        long number,
        int weight,
        int capacity,
        Reply<TicketState> reply) {
      through(
          "weaken", reply, then -> session.weaken(name, request, number, weight, capacity, then));
    }

    @Override
    public void check(LockName name, RequestId request, long number, Reply<TicketState> reply) {
      through("check", reply, then -> session.check(name, request, number, then));
    }

    @Override
    public void end(Reply<Boolean> reply) {
      through("end", reply, session::end);
    }
  }
}
