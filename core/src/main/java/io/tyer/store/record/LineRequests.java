package io.tyer.store.record;

import io.tyer.line.Ask;
import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
import io.tyer.spi.StoreException;
import io.tyer.spi.Surroundings;
import io.tyer.spi.TicketState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What sessions do to lines. Every request finds what an earlier attempt of the same request did,
 * so it may be applied again whenever an outcome is unknown.
 */
final class LineRequests {

  private final Buckets buckets;
  private final Obituaries obituaries;
  private final Waking waking;
  private final Surroundings surroundings;

  LineRequests(Buckets buckets, Obituaries obituaries, Waking waking, Surroundings surroundings) {
    this.buckets = buckets;
    this.obituaries = obituaries;
    this.waking = waking;
    this.surroundings = surroundings;
  }

  /**
   * Enters. A try that is refused looks whether those in its way are alive, drops the dead ones,
   * and tries again. A try of which it is not known whether it was written is not written again,
   * only looked for.
   *
   * <p>The session's own record is not read. Nobody drops its tickets before its death was decided,
   * which is after its TTL: its client has stopped believing in its leases by then (S1). And should
   * a ticket of a dead session come in late, it is dropped like every other one of a session that
   * is dead or has no record: by whoever meets it in his way, or by the next sweep (L1, L3).
   */
  TicketState enter(LockName name, Ask ask, boolean onlyIfFree, Deadline deadline)
      throws StoreException {
    Set<SessionId> dead = new HashSet<>();
    while (true) {
      TicketState state =
          told(
              buckets.change(
                  name,
                  new BucketChange<TicketState>() {
                    @Override
                    public Outcome<TicketState> apply(Bucket bucket)
                        throws MalformedRecordException {
                      return entered(bucket, name, ask, onlyIfFree, dead);
                    }

                    @Override
                    public boolean repeatable() {
                      return !onlyIfFree;
                    }
                  },
                  deadline));
      if (state instanceof TicketState.Waiting waiting) {
        waking.recall(ask.session(), name, waiting);
      }
      if (!(state instanceof TicketState.Refused refused)
          || !dead.addAll(obituaries.deadAmong(refused.blockers(), ask.session(), deadline))) {
        return state;
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // A line that gave no ticket is the same object.
  private BucketChange.Outcome<TicketState> entered(
      Bucket bucket, LockName name, Ask ask, boolean onlyIfFree, Set<SessionId> dead)
      throws MalformedRecordException {
    long nowMillis = surroundings.wallMillis();
    Line before = bucket.line(name);
    List<Ticket> granted = List.of();
    Line line = before;
    if (!dead.isEmpty()) {
      Line.Changed dropped = before.drop(dead::contains, nowMillis);
      line = dropped.line();
      granted = dropped.granted();
    }
    Line.Entered entered =
        onlyIfFree
            ? line.tryEnter(ask, bucket.atLeast(), nowMillis)
            : line.enter(ask, bucket.atLeast(), nowMillis);
    Ticket ticket = entered.ticket();
    TicketState state =
        ticket == null
            ? new TicketState.Refused(entered.ahead(), entered.blockers())
            : state(entered.line().check(ticket.number()));
    long given = ticket == null || entered.line() == line ? 0 : ticket.number();
    return new BucketChange.Outcome<>(
        bucket.with(name, before, entered.line()), state, given, Wake.of(name, granted));
  }

  /**
   * Leaves. Answers whether the session had this ticket.
   *
   * @param loosely whether the ticket may come back if the store's server crashes; {@link
   *     LooseLeaves} then has to make it leave again
   */
  boolean leave(
      SessionId session,
      LockName name,
      RequestId request,
      long number,
      boolean loosely,
      Deadline deadline)
      throws StoreException {
    return told(
        buckets.change(
            name,
            new BucketChange<Boolean>() {
              @Override
              public Outcome<Boolean> apply(Bucket bucket) throws MalformedRecordException {
                return left(bucket, session, name, request, number);
              }

              @Override
              public boolean mayBeUndone() {
                return loosely;
              }

              @Override
              public Boolean settle(Boolean possible, Boolean found) {
                return possible || found;
              }
            },
            deadline));
  }

  private BucketChange.Outcome<Boolean> left(
      Bucket bucket, SessionId session, LockName name, RequestId request, long number)
      throws MalformedRecordException {
    Line line = bucket.line(name);
    Ticket ticket = find(line, session, request, number);
    if (ticket == null) {
      return BucketChange.Outcome.unchanged(bucket, false);
    }
    Line.Changed changed = line.leave(ticket.number(), surroundings.wallMillis());
    return BucketChange.Outcome.of(bucket, name, line, changed, true);
  }

  /**
   * What came of a leave and the enter after it.
   *
   * @param left whether the session had the ticket that was to leave
   */
  record Requeued(boolean left, TicketState state) {}

  /**
   * Leaves and enters, in one change. Dead sessions that are in the way of the new ticket are found
   * when it is checked.
   *
   * @param loosely as for {@link #leave}; the new ticket may then go as well
   */
  Requeued leaveAndEnter(
      LockName name, RequestId request, long number, Ask ask, boolean loosely, Deadline deadline)
      throws StoreException {
    Requeued requeued =
        told(
            buckets.change(
                name,
                new BucketChange<Requeued>() {
                  @Override
                  public Outcome<Requeued> apply(Bucket bucket) throws MalformedRecordException {
                    return requeued(bucket, name, request, number, ask);
                  }

                  @Override
                  public boolean mayBeUndone() {
                    return loosely;
                  }

                  @Override
                  public Requeued settle(Requeued possible, Requeued found) {
                    return new Requeued(possible.left() || found.left(), found.state());
                  }
                },
                deadline));
    if (requeued.state() instanceof TicketState.Waiting waiting) {
      waking.recall(ask.session(), name, waiting);
    }
    return requeued;
  }

  private BucketChange.Outcome<Requeued> requeued(
      Bucket bucket, LockName name, RequestId request, long number, Ask ask)
      throws MalformedRecordException {
    BucketChange.Outcome<Boolean> left = left(bucket, ask.session(), name, request, number);
    BucketChange.Outcome<TicketState> entered = entered(left.bucket(), name, ask, false, Set.of());
    return new BucketChange.Outcome<>(
        entered.bucket(),
        new Requeued(left.answer(), entered.answer()),
        entered.given(),
        left.wakes());
  }

  /** Weakens; see {@link io.tyer.spi.StoreSession#weaken}. */
  TicketState weaken(
      SessionId session,
      LockName name,
      RequestId request,
      long number,
      int weight,
      int capacity,
      Deadline deadline)
      throws StoreException {
    return told(
        buckets.<TicketState>change(
            name,
            bucket -> {
              Line line = bucket.line(name);
              Ticket ticket = find(line, session, request, number);
              if (ticket == null) {
                return BucketChange.Outcome.unchanged(bucket, new TicketState.Gone());
              }
              Line.Changed changed =
                  line.weaken(ticket.number(), weight, capacity, surroundings.wallMillis());
              TicketState state = state(changed.line().check(ticket.number()));
              return BucketChange.Outcome.of(bucket, name, line, changed, state);
            },
            deadline));
  }

  /** Checks; see {@link io.tyer.spi.StoreSession#check}. */
  TicketState check(
      SessionId session, LockName name, RequestId request, long number, Deadline deadline)
      throws StoreException {
    while (true) {
      TicketState state = standing(buckets.line(name), session, request, number);
      if (!(state instanceof TicketState.Waiting waiting)) {
        return state;
      }
      Set<SessionId> dead = obituaries.deadAmong(waiting.blockers(), session, deadline);
      if (dead.isEmpty()) {
        waking.recall(session, name, waiting);
        return state;
      }
      Buckets.Result<Boolean> dropped =
          buckets.change(
              name, new DropTickets(List.of(name), dead::contains, surroundings), deadline);
      // The caller learns of its own ticket by the answer.
      List<Wake> others = new ArrayList<>(dropped.wakes());
      others.removeIf(wake -> wake.ticket().request().equals(request));
      waking.granted(others);
    }
  }

  /** How a ticket of this session stands in a line, whoever is alive. */
  static TicketState standing(Line line, SessionId session, RequestId request, long number) {
    Ticket ticket = find(line, session, request, number);
    return ticket == null ? new TicketState.Gone() : state(line.check(ticket.number()));
  }

  private <R> R told(Buckets.Result<R> result) {
    waking.granted(result.wakes());
    return result.answer();
  }

  /** The ticket, if it is there and this session's (S3). */
  private static @Nullable Ticket find(
      Line line, SessionId session, RequestId request, long number) {
    Optional<Ticket> found = number == 0 ? line.find(request) : line.find(number);
    return found
        .filter(ticket -> ticket.session().equals(session) && ticket.request().equals(request))
        .orElse(null);
  }

  private static TicketState state(Line.Standing standing) {
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
}
