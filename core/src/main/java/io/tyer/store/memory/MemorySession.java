package io.tyer.store.memory;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.spi.Bearers;
import io.tyer.spi.BeatAnswer;
import io.tyer.spi.Reply;
import io.tyer.spi.SessionEvents;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreSession;
import io.tyer.spi.TicketState;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** A session in memory. Its death is decided once, by whoever replaces its deadline first. */
final class MemorySession implements StoreSession {

  private static final long DEAD = Long.MIN_VALUE;

  private final MemoryLineStore store;
  private final SessionId id;
  private final SessionEvents events;
  private final long ttlNanos;
  private final AtomicLong deadline;
  private final AtomicBoolean attention = new AtomicBoolean();

  MemorySession(MemoryLineStore store, SessionId id, SessionEvents events, long ttlNanos) {
    this.store = store;
    this.id = id;
    this.events = events;
    this.ttlNanos = ttlNanos;
    this.deadline = new AtomicLong(after(store.now(), ttlNanos));
  }

  private static long after(long now, long nanos) {
    long deadline = now + nanos;
    return deadline == DEAD ? deadline + 1 : deadline;
  }

  @Override
  public SessionId id() {
    return id;
  }

  SessionEvents events() {
    return events;
  }

  boolean dead() {
    return deadline.get() == DEAD;
  }

  /** Decides that it is dead if its time is over; whether it is dead then. */
  boolean expired() {
    long known = deadline.get();
    while (known != DEAD && store.now() - known >= 0) {
      if (deadline.compareAndSet(known, DEAD)) {
        return true;
      }
      known = deadline.get();
    }
    return known == DEAD;
  }

  /** Decides that it is dead; false if it was before. */
  boolean kill() {
    return deadline.getAndSet(DEAD) != DEAD;
  }

  /** Something was done to its tickets that it may not hear of otherwise. */
  void needsAttention() {
    attention.set(true);
  }

  @Override
  public void beat(Bearers bearers, Reply<BeatAnswer> reply) {
    long known = deadline.get();
    while (!expired()) {
      if (deadline.compareAndSet(known, after(store.now(), ttlNanos))) {
        store.sweep();
        reply.done(attention.getAndSet(false) ? new BeatAnswer(true) : BeatAnswer.ALIVE);
        return;
      }
      known = deadline.get();
    }
    reply.failed(over());
  }

  private StoreException over() {
    return new StoreException(
        StoreException.Kind.SESSION_DEAD, "session " + id + " has ended in " + store.description());
  }

  private <T> void whileAlive(Reply<T> reply, Supplier<T> request) {
    T answer;
    try {
      answer = expired() ? null : request.get();
    } catch (SessionIsDead e) {
      answer = null;
    } catch (IllegalStateException | IllegalArgumentException e) {
      reply.failed(
          new StoreException(StoreException.Kind.REFUSED, String.valueOf(e.getMessage()), e));
      return;
    }
    if (answer == null) {
      reply.failed(over());
    } else {
      reply.done(answer);
    }
  }

  @Override
  public void enter(LockName name, Ask ask, boolean onlyIfFree, Reply<TicketState> reply) {
    whileAlive(
        reply,
        () -> {
          if (!ask.session().equals(id)) {
            throw new IllegalArgumentException("session " + id + " asks for " + ask.session());
          }
          return store.enter(this, name, ask, onlyIfFree);
        });
  }

  @Override
  public void leave(LockName name, RequestId request, long number, Reply<Boolean> reply) {
    whileAlive(reply, () -> store.leave(this, name, request));
  }

  @Override
  public void weaken(
      LockName name,
      RequestId request,
      long number,
      int weight,
      int capacity,
      Reply<TicketState> reply) {
    whileAlive(reply, () -> store.weaken(this, name, request, weight, capacity));
  }

  @Override
  public void check(LockName name, RequestId request, long number, Reply<TicketState> reply) {
    whileAlive(reply, () -> store.check(this, name, request));
  }

  @Override
  public void end(Reply<Boolean> reply) {
    reply.done(store.end(this));
  }

  /** Found out under a line's lock. */
  static final class SessionIsDead extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SessionIsDead() {
      super("the session is dead", null, false, false);
    }
  }
}
