package io.tyer.store.memory;

import io.tyer.line.Ask;
import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lines in a map. Answers inline, tells directly; a session dies when its TTL has passed, which is
 * found out by whoever checks, tries or beats.
 */
public final class MemoryLineStore implements LineStore {

  private static final int SHELVES = 64;
  private static final long MICROS_2025 = 1_735_689_600_000_000L;

  private final String description;
  private final Surroundings clock;
  private final StoreTraits traits;
  private final Shelf[] shelves = new Shelf[SHELVES];
  private final ConcurrentHashMap<SessionId, MemorySession> sessions = new ConcurrentHashMap<>();

  /**
   * An empty store.
   *
   * @param clock only its clocks are used
   * @param floor every number is above it
   */
  public MemoryLineStore(String description, Surroundings clock, Duration lastCheck, long floor) {
    this.description = description;
    this.clock = clock;
    this.traits = new StoreTraits(false, true, Duration.ZERO, lastCheck.dividedBy(4), lastCheck);
    for (int i = 0; i < SHELVES; i++) {
      shelves[i] = new Shelf(floor);
    }
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public StoreTraits traits() {
    return traits;
  }

  long now() {
    return clock.nanoTime();
  }

  private Shelf shelf(LockName name) {
    int hash = name.hashCode();
    return shelves[(hash ^ (hash >>> 16)) & (SHELVES - 1)];
  }

  // ---- sessions

  @Override
  public void open(SessionRequest request, SessionEvents events, Reply<StoreSession> reply) {
    SessionId id = request.secret().publicId();
    MemorySession session = new MemorySession(this, id, events, request.ttl().toNanos());
    if (sessions.putIfAbsent(id, session) != null) {
      reply.failed(
          new StoreException(StoreException.Kind.REFUSED, "session " + id + " was opened before"));
      return;
    }
    reply.done(session);
  }

  @Nullable MemorySession session(SessionId id) {
    return sessions.get(id);
  }

  /** Whether its tickets count no more; decides so if its time is over. */
  private boolean dead(SessionId id) {
    MemorySession session = sessions.get(id);
    return session == null || session.expired();
  }

  boolean end(MemorySession session) {
    boolean first = session.kill();
    bury(session.id());
    return first;
  }

  /** Buries sessions whose time is over. */
  void sweep() {
    for (MemorySession session : sessions.values()) {
      if (session.expired()) {
        bury(session.id());
        session.events().ended("its time was over");
      }
    }
  }

  private void bury(SessionId id) {
    for (Shelf shelf : shelves) {
      for (LockName name : shelf.names()) {
        drop(shelf, name, id::equals);
      }
    }
    sessions.remove(id);
  }

  private void drop(Shelf shelf, LockName name, Predicate<SessionId> dead) {
    shelf.<Boolean>apply(
        name,
        this,
        line -> {
          Line.Changed changed = line.drop(dead, clock.wallMillis());
          return new Shelf.Step<>(changed.line(), changed.granted(), true);
        });
  }

  // ---- lines

  TicketState enter(MemorySession session, LockName name, Ask ask, boolean onlyIfFree) {
    TicketState state = enterOnce(session, name, ask, onlyIfFree);
    // Behind dead tickets there may be others.
    while (state instanceof TicketState.Refused refused && dropDead(name, refused.blockers())) {
      state = enterOnce(session, name, ask, onlyIfFree);
    }
    recall(session, name, state);
    return state;
  }

  /** Who waits directly behind a ticket that may merely be kept asks for it. */
  private void recall(MemorySession asking, LockName name, TicketState state) {
    if (state instanceof TicketState.Waiting waiting
        && TicketState.onlyKept(waiting.ahead(), waiting.blockers())) {
      MemorySession keeper = sessions.get(waiting.blockers().get(0).session());
      if (keeper != null && !keeper.equals(asking) && !keeper.dead()) {
        keeper.events().recalled(name);
      }
    }
  }

  private TicketState enterOnce(MemorySession session, LockName name, Ask ask, boolean onlyIfFree) {
    long wall = clock.wallMillis();
    long atLeast = wall * 1000 - MICROS_2025;
    return shelf(name)
        .apply(
            name,
            this,
            line -> {
              requireAlive(session);
              Line.Entered entered =
                  onlyIfFree ? line.tryEnter(ask, atLeast, wall) : line.enter(ask, atLeast, wall);
              return new Shelf.Step<>(entered.line(), List.of(), stateOf(entered));
            });
  }

  /** Under the line's lock: what a dead session enters would never be dropped. */
  private static void requireAlive(MemorySession session) {
    if (session.dead()) {
      throw new MemorySession.SessionIsDead();
    }
  }

  private static TicketState stateOf(Line.Entered entered) {
    Ticket ticket = entered.ticket();
    if (ticket == null) {
      return new TicketState.Refused(entered.ahead(), entered.blockers());
    }
    return entered.granted()
        ? new TicketState.Granted(ticket.number(), ticket.revoked(), 0)
        : new TicketState.Waiting(ticket.number(), entered.ahead(), entered.blockers());
  }

  Boolean leave(MemorySession session, LockName name, RequestId request) {
    return shelf(name)
        .<Boolean>apply(
            name,
            this,
            line -> {
              if (!owns(session, line, request)) {
                return new Shelf.Step<>(line, List.of(), false);
              }
              // Only who is granted by it is told the time.
              long now = line.length() > 1 ? clock.wallMillis() : 0;
              Line.Changed changed = line.leave(request, now);
              return new Shelf.Step<>(changed.line(), changed.granted(), true);
            });
  }

  /** Only the session that took a ticket touches it (promise S3). */
  private static boolean owns(MemorySession session, Line line, RequestId request) {
    Optional<Ticket> ticket = line.find(request);
    return ticket.isPresent() && ticket.get().session().equals(session.id());
  }

  TicketState weaken(
      MemorySession session, LockName name, RequestId request, int weight, int capacity) {
    return shelf(name)
        .apply(
            name,
            this,
            line -> {
              if (!owns(session, line, request)) {
                return new Shelf.Step<>(line, List.of(), new TicketState.Gone());
              }
              long number = line.find(request).orElseThrow().number();
              Line.Changed changed = line.weaken(number, weight, capacity, clock.wallMillis());
              return new Shelf.Step<>(
                  changed.line(), changed.granted(), stateOf(changed.line().check(number)));
            });
  }

  TicketState check(MemorySession session, LockName name, RequestId request) {
    TicketState state = checkOnce(session, name, request);
    while (state instanceof TicketState.Waiting waiting && dropDead(name, waiting.blockers())) {
      state = checkOnce(session, name, request);
    }
    recall(session, name, state);
    return state;
  }

  private TicketState checkOnce(MemorySession session, LockName name, RequestId request) {
    return shelf(name)
        .apply(
            name,
            this,
            line ->
                new Shelf.Step<>(
                    line,
                    List.of(),
                    owns(session, line, request)
                        ? stateOf(line.check(request))
                        : new TicketState.Gone()));
  }

  private static TicketState stateOf(Line.Standing standing) {
    if (standing instanceof Line.Standing.Granted granted) {
      Ticket ticket = granted.ticket();
      return new TicketState.Granted(ticket.number(), ticket.revoked(), granted.behind());
    }
    if (standing instanceof Line.Standing.Waiting waiting) {
      return new TicketState.Waiting(
          waiting.ticket().number(), waiting.ahead(), waiting.blockers());
    }
    return new TicketState.Gone();
  }

  /** Drops those tickets whose sessions are dead; whether there were any. */
  private boolean dropDead(LockName name, List<Ticket> blockers) {
    boolean any = false;
    for (Ticket blocker : blockers) {
      if (dead(blocker.session())) {
        drop(shelf(name), name, blocker.session()::equals);
        any = true;
      }
    }
    return any;
  }

  // ---- operators

  @Override
  public void list(String prefix, Reply<List<LineView>> reply) {
    sweep();
    List<LineView> views = new ArrayList<>();
    for (Shelf shelf : shelves) {
      for (LockName name : shelf.names()) {
        if (name.text().startsWith(prefix)) {
          views.add(
              shelf.apply(name, this, line -> new Shelf.Step<>(line, List.of(), view(name, line))));
        }
      }
    }
    views.removeIf(view -> view.tickets().isEmpty());
    views.sort(Comparator.comparing(LineView::name));
    reply.done(views);
  }

  @Override
  public void view(LockName name, Reply<LineView> reply) {
    sweep();
    reply.done(
        shelf(name).apply(name, this, line -> new Shelf.Step<>(line, List.of(), view(name, line))));
  }

  private static LineView view(LockName name, Line line) {
    List<Ticket> tickets = line.tickets();
    return new LineView(
        name, tickets, tickets.stream().map(t -> line.isGranted(t.number())).toList());
  }

  @Override
  public void revoke(LockName name, OptionalLong number, boolean now, Reply<Integer> reply) {
    List<Ticket> revoked =
        shelf(name)
            .apply(
                name,
                this,
                line -> {
                  List<Ticket> concerned =
                      line.tickets().stream()
                          .filter(
                              t ->
                                  number.isPresent()
                                      ? t.number() == number.getAsLong()
                                      : line.isGranted(t.number()))
                          .toList();
                  Line after = line;
                  List<Ticket> granted = new ArrayList<>();
                  for (Ticket ticket : concerned) {
                    Line.Changed changed =
                        now
                            ? after.leave(ticket.number(), clock.wallMillis())
                            : after.revoke(ticket.number());
                    after = changed.line();
                    granted.addAll(changed.granted());
                  }
                  return new Shelf.Step<>(after, granted, concerned);
                });
    for (Ticket ticket : revoked) {
      MemorySession session = sessions.get(ticket.session());
      if (session != null) {
        session.needsAttention();
        session.events().changed(name);
      }
    }
    reply.done(revoked.size());
  }

  /** For tests: a name's line as it stands; looking at it changes nothing. */
  public Line line(LockName name) {
    return shelf(name).line(name);
  }

  /** For tests: whether it keeps nothing. */
  public boolean isEmpty() {
    for (Shelf shelf : shelves) {
      if (!shelf.names().isEmpty()) {
        return false;
      }
    }
    return sessions.isEmpty();
  }

  /** A number that is not below any it has given. */
  long floor() {
    long highest = 0;
    for (Shelf shelf : shelves) {
      highest = Math.max(highest, shelf.floor());
    }
    return highest;
  }

  /** Without effect: other clients of this JVM may use the store. */
  @Override
  public void close() {}
}
