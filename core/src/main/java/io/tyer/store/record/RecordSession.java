package io.tyer.store.record;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.spi.Bearers;
import io.tyer.spi.BeatAnswer;
import io.tyer.spi.Reply;
import io.tyer.spi.SessionEvents;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.spi.StoreSession;
import io.tyer.spi.TicketState;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session of this process. */
final class RecordSession implements StoreSession {

  private static final Logger LOG = LoggerFactory.getLogger(RecordSession.class);

  private final StoreParts parts;
  private final Polls polls;
  private final SessionId id;
  private final SessionEvents events;
  private final long ttlMillis;

  /** The requests that may have a ticket, and in which line; what {@link #end} has to drop. */
  private final ConcurrentHashMap<RequestId, Entered> entered = new ConcurrentHashMap<>();

  private final Beats beats;
  private final LooseLeaves leaves;

  private volatile @Nullable AutoCloseable listening;

  /** Whether the session has ended or was found dead: it does nothing any more. */
  private volatile boolean over;

  /** Whether an {@link #end} has found it alive. */
  private volatile boolean ended;

  RecordSession(
      StoreParts parts,
      Polls polls,
      SessionId id,
      SessionEvents events,
      Versioned<SessionState> written) {
    this.parts = parts;
    this.polls = polls;
    this.id = id;
    this.events = events;
    this.beats = new Beats(parts, id, written);
    this.leaves = new LooseLeaves(parts.lasting(), parts.lines(), id);
    this.ttlMillis = written.state().ttlMillis();
  }

  @Override
  public SessionId id() {
    return id;
  }

  /** Nothing takes effect later than one TTL after it was asked for. */
  private <T> void run(Reply<T> reply, Requests.Request<T> request) {
    parts.requests().run(reply, Duration.ofMillis(ttlMillis), request);
  }

  SessionEvents events() {
    return events;
  }

  /** Begins to pass on hints. */
  void listen() throws StoreException {
    if (parts.medium().warns()) {
      listening = parts.medium().listen(id, this::hinted);
    }
  }

  private void hinted(@Nullable Hint hint) {
    if (over) {
      return;
    }
    if (hint == null) {
      events.changedAnywhere();
      return;
    }
    Hint.Grant grant = hint.grant();
    if (grant == null) {
      events.changed(hint.name());
    } else {
      events.granted(hint.name(), grant.request(), grant.number());
    }
    Stamped version = hint.version();
    if (version != null) {
      parts.buckets().heard(hint.name(), version);
    }
  }

  @Override
  public void beat(Bearers bearers, Reply<BeatAnswer> reply) {
    run(reply, deadline -> beat(bearers, deadline));
    if (!over) {
      parts.sweep().maybeBegin(id, ttlMillis);
      leaveAgain();
    }
  }

  /** Does not delay the beat. */
  private void leaveAgain() {
    if (!leaves.anyDoubtful()) {
      return;
    }
    try {
      parts.surroundings().io().execute(() -> leaves.leaveAgain(parts.requests().deadline()));
    } catch (RejectedExecutionException e) {
      LOG.debug("the client is closing", e);
    }
  }

  private BeatAnswer beat(Bearers bearers, Deadline deadline) throws StoreException {
    checkAlive();
    try {
      return beats.beat(bearers, deadline);
    } catch (StoreException e) {
      if (e.kind() == Kind.SESSION_DEAD) {
        over = true;
      }
      throw e;
    }
  }

  @Override
  public void enter(LockName name, Ask ask, boolean onlyIfFree, Reply<TicketState> reply) {
    run(reply, deadline -> enter(name, ask, onlyIfFree, deadline));
  }

  private TicketState enter(LockName name, Ask ask, boolean onlyIfFree, Deadline deadline)
      throws StoreException {
    checkAlive();
    checkOwn(ask);
    Entered attempt = new Entered(name, parts.surroundings().nanoTime());
    boolean first = entered.putIfAbsent(ask.request(), attempt) == null;
    TicketState state;
    try {
      state = parts.lines().enter(name, ask, onlyIfFree, deadline);
    } catch (StoreException e) {
      if (first && e.kind() != Kind.UNKNOWN) {
        entered.remove(ask.request());
      }
      throw e;
    }
    if (state instanceof TicketState.Refused) {
      entered.remove(ask.request());
      return state;
    }
    // Again: a leave that overtook this has found nothing, and the request forgotten.
    entered.putIfAbsent(ask.request(), attempt);
    if (over) {
      withdraw(name, ask.request(), deadline);
    }
    return state;
  }

  /** Gives back a ticket that came when the session had ended, perhaps after its others left. */
  private void withdraw(LockName name, RequestId request, Deadline deadline) throws StoreException {
    try {
      leaves.leave(name, request, 0, deadline);
    } catch (StoreException e) {
      throw new StoreException(
          Kind.UNKNOWN, "the session is over, and what came late is left to be swept", e);
    }
    throw beats.dead();
  }

  @Override
  public void leave(LockName name, RequestId request, long number, Reply<Boolean> reply) {
    run(
        reply,
        deadline -> {
          checkAlive();
          boolean left = leaves.leave(name, request, number, deadline);
          entered.remove(request);
          return left;
        });
  }

  @Override
  public boolean leavesAndEnters() {
    return true;
  }

  @Override
  public void leaveAndEnter(
      LockName name,
      RequestId request,
      long number,
      Ask ask,
      Reply<Boolean> left,
      Reply<TicketState> entered) {
    // A line that has no room for the new ticket is left nevertheless.
    Runnable onlyLeave = () -> leave(name, request, number, left);
    run(
        new Requeueing(left, entered, onlyLeave),
        deadline -> leaveAndEnter(name, request, number, ask, deadline));
  }

  private LooseLeaves.Written<LineRequests.Requeued> leaveAndEnter(
      LockName name, RequestId request, long number, Ask ask, Deadline deadline)
      throws StoreException {
    checkAlive();
    checkOwn(ask);
    Entered attempt = new Entered(name, parts.surroundings().nanoTime());
    entered.put(ask.request(), attempt);
    LooseLeaves.Written<LineRequests.Requeued> requeued;
    try {
      requeued = leaves.leaveAndEnter(name, request, number, ask, deadline);
    } catch (StoreException e) {
      if (e.kind() != Kind.UNKNOWN) {
        entered.remove(ask.request());
      }
      throw e;
    }
    entered.remove(request);
    // Again, as for enter.
    entered.putIfAbsent(ask.request(), attempt);
    if (over) {
      withdraw(name, ask.request(), deadline);
    }
    return requeued;
  }

  /** Passes on what came of a leave and an enter, the latter once it lasts. */
  private final class Requeueing implements Reply<LooseLeaves.Written<LineRequests.Requeued>> {

    private final Reply<Boolean> left;
    private final Reply<TicketState> entered;

    private final Runnable onlyLeave;

    Requeueing(Reply<Boolean> left, Reply<TicketState> entered, Runnable onlyLeave) {
      this.left = left;
      this.entered = entered;
      this.onlyLeave = onlyLeave;
    }

    @Override
    public void done(LooseLeaves.Written<LineRequests.Requeued> requeued) {
      left.done(requeued.answer().left());
      run(entered, deadline -> lasting(requeued));
    }

    @Override
    public void failed(StoreException failure) {
      if (failure.kind() == Kind.REFUSED) {
        onlyLeave.run();
      } else {
        left.failed(failure);
      }
      entered.failed(failure);
    }
  }

  private TicketState lasting(LooseLeaves.Written<LineRequests.Requeued> requeued)
      throws StoreException {
    String store = parts.medium().description();
    boolean lasts;
    try {
      lasts = leaves.makeLast(requeued);
    } catch (StoreException e) {
      throw new StoreException(Kind.UNKNOWN, "a ticket may not last: " + e.getMessage(), e);
    }
    if (!lasts) {
      throw new StoreException(Kind.UNKNOWN, store + " may have lost a ticket just taken");
    }
    checkAlive();
    return requeued.answer().state();
  }

  private void checkOwn(Ask ask) throws StoreException {
    if (!ask.session().equals(id)) {
      throw new StoreException(Kind.REFUSED, "session " + id + " asks for " + ask.session());
    }
  }

  @Override
  public void weaken(
      LockName name,
      RequestId request,
      long number,
      int weight,
      int capacity,
      Reply<TicketState> reply) {
    run(
        reply,
        deadline -> {
          checkAlive();
          return parts.lines().weaken(id, name, request, number, weight, capacity, deadline);
        });
  }

  @Override
  public void check(LockName name, RequestId request, long number, Reply<TicketState> reply) {
    if (!over && parts.medium().readsTogether()) {
      poll(name, request, number, reply);
      return;
    }
    run(
        reply,
        deadline -> {
          checkAlive();
          return checked(request, number, parts.lines().check(id, name, request, number, deadline));
        });
  }

  private TicketState checked(RequestId request, long number, TicketState state) {
    if (state instanceof TicketState.Gone && number != 0) {
      entered.remove(request);
    }
    return state;
  }

  /** Where sessions are told, a check may be what news has led to, and is not held back. */
  private void poll(LockName name, RequestId request, long number, Reply<TicketState> reply) {
    Entered one = entered.get(request);
    long since = one == null ? 0 : one.asked(parts.surroundings().nanoTime());
    Reply<TicketState> last =
        new Reply<>() {
          @Override
          public void done(TicketState state) {
            if (over) {
              reply.failed(beats.dead());
            } else {
              reply.done(checked(request, number, state));
            }
          }

          @Override
          public void failed(StoreException failure) {
            reply.failed(failure);
          }
        };
    polls.check(new Poll(id, name, request, number, last), parts.medium().tells() ? 0 : since);
  }

  /** Ends the session: true if it was alive until then. May be repeated until it succeeds. */
  @Override
  public void end(Reply<Boolean> reply) {
    run(
        reply,
        deadline -> {
          over = true;
          try {
            // Dead first: a ticket that comes in late is then one of a dead session.
            if (parts.sessions().end(id, deadline)) {
              ended = true;
            }
            Ending.dropTickets(parts, id, entered, deadline);
            parts.sessions().remove(id);
            return ended;
          } finally {
            forget();
          }
        });
  }

  /** Lets go of what this process holds for the session, which is over. */
  void forget() {
    over = true;
    parts.waking().over(id);
    AutoCloseable open = listening;
    listening = null;
    Ending.close(id, open);
  }

  private void checkAlive() throws StoreException {
    if (over) {
      throw beats.dead();
    }
  }
}
