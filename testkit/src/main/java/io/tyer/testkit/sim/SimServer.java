package io.tyer.testkit.sim;

import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
import io.tyer.spi.Bearers;
import io.tyer.spi.BeatAnswer;
import io.tyer.spi.LineStore;
import io.tyer.spi.Reply;
import io.tyer.spi.SessionEvents;
import io.tyer.spi.SessionRequest;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreSession;
import io.tyer.store.memory.MemoryLineStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The server: the real memory store, on a machine of its own. It keeps lines and sessions across
 * crashes; what was under way is lost. It writes down when it last heard of each session, to
 * compare its judgement of death with.
 */
final class SimServer {

  private final SimProcess machine;
  private final MemoryLineStore store;
  private final boolean leavesAndEnters;
  private final Map<SessionId, Known> sessions = new HashMap<>();
  private final List<Known> inOrder = new ArrayList<>();
  private Change change = Change.NOTHING;
  private boolean down;
  private int epoch;

  SimServer(SimProcess machine, Scenario scenario) {
    this.machine = machine;
    this.store = new MemoryLineStore("simulated", machine, scenario.lastCheck(), 0);
    this.leavesAndEnters = scenario.leavesAndEnters();
  }

  /** What the server knows of a session, or once knew. */
  static final class Known {
    final SimClient client;
    final StoreSession session;
    private final long ttl;
    private long lastHeard;
    private boolean ended;

    private Known(SimClient client, StoreSession session, long ttl, long now) {
      this.client = client;
      this.session = session;
      this.ttl = ttl;
      this.lastHeard = now;
    }

    SessionId id() {
      return session.id();
    }
  }

  /** What the request that is being carried out may change. */
  record Change(Kind kind, @Nullable SessionId session, @Nullable Object request) {

    static final Change NOTHING = new Change(Kind.NOTHING, null, null);

    enum Kind {
      NOTHING,
      ENTER,
      TRY,
      LEAVE,
      WEAKEN,
      END,
      REVOKE,
      FORCE
    }
  }

  LineStore store() {
    return store;
  }

  boolean leavesAndEnters() {
    return leavesAndEnters;
  }

  Line line(LockName name) {
    return store.line(name);
  }

  boolean isEmpty() {
    return store.isEmpty();
  }

  // ---- requests

  /** The request that is being carried out; remains until the next one. */
  Change change() {
    return change;
  }

  /** Carries out a request that changes no more than this. */
  void doing(Change what, Runnable request) {
    change = what;
    request.run();
  }

  /** Opens a session of a client. */
  void open(
      SimClient client, SessionRequest request, SessionEvents events, Reply<StoreSession> reply) {
    long now = machine.nanoTime();
    store.open(
        request,
        events,
        new Reply<>() {
          @Override
          public void done(StoreSession session) {
            Known known = new Known(client, session, request.ttl().toNanos(), now);
            sessions.put(session.id(), known);
            inOrder.add(known);
            reply.done(session);
          }

          @Override
          public void failed(StoreException failure) {
            reply.failed(failure);
          }
        });
  }

  /** Passes on a beat and remembers when it came. */
  void beat(StoreSession session, Bearers bearers, Reply<BeatAnswer> reply) {
    long now = machine.nanoTime();
    session.beat(
        bearers,
        new Reply<>() {
          @Override
          public void done(BeatAnswer answer) {
            Known known = sessions.get(session.id());
            if (known != null) {
              known.lastHeard = now;
            }
            reply.done(answer);
          }

          @Override
          public void failed(StoreException failure) {
            reply.failed(failure);
          }
        });
  }

  /** Passes on that a session ends. */
  void end(StoreSession session, Reply<Boolean> reply) {
    Known known = sessions.get(session.id());
    if (known != null) {
      known.ended = true;
    }
    session.end(reply);
  }

  void revoke(LockName name, OptionalLong number, boolean now) {
    Change.Kind kind = now ? Change.Kind.FORCE : Change.Kind.REVOKE;
    doing(new Change(kind, null, null), () -> store.revoke(name, number, now, Ignored.reply()));
  }

  // ---- sessions

  /** Whether the session has ended, or its time is over: the server may forget it. */
  boolean mayForget(@Nullable SessionId id) {
    Known known = sessions.get(id);
    return known == null || known.ended || machine.nanoTime() - known.lastHeard >= known.ttl;
  }

  /** For how long, in true time, it will keep the session if it hears nothing more of it. */
  long keeps(SessionId id) {
    Known known = sessions.get(id);
    return known == null ? 0 : machine.trueDelay(known.lastHeard + known.ttl - machine.nanoTime());
  }

  @Nullable Known session(SessionId id) {
    return sessions.get(id);
  }

  /** A line for people: whose tickets, and which of them are granted. */
  String describe(SimLock lock) {
    Line line = line(lock.name());
    StringBuilder text = new StringBuilder(lock.name() + ":");
    for (Ticket ticket : line.tickets()) {
      Known known = sessions.get(ticket.session());
      text.append(line.isGranted(ticket.number()) ? " [" : " (")
          .append(known == null ? "?" : known.client.name())
          .append(" #")
          .append(ticket.request().low())
          .append(ticket.exclusive() ? " exclusive" : " shared")
          .append(mayForget(ticket.session()) ? ", dead" : "")
          .append(line.isGranted(ticket.number()) ? "]" : ")");
    }
    return text.toString();
  }

  /** Every session it ever knew. */
  List<Known> sessions() {
    return inOrder;
  }

  // ---- crashes

  boolean down() {
    return down;
  }

  /** Changes with every crash: what was sent before does not arrive after. */
  int epoch() {
    return epoch;
  }

  /** Somebody sets the server's wall clock. */
  void setWallClock(long millis) {
    machine.stepWall(millis);
  }

  /** Whether it has a session of this client that has not ended. */
  boolean knows(SimClient client) {
    SessionId id = client.newestSession();
    return id != null && !mayForget(id);
  }

  void crash() {
    down = true;
    epoch++;
  }

  void restart() {
    down = false;
  }
}
