package io.tyer.testkit.broken;

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
import io.tyer.spi.TicketState;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Gives the lock back for whoever asks, as a store does that deletes a key without looking whose it
 * is: to leave with a ticket that is not there removes the head of the line.
 */
final class OwnerlessStore implements LineStore {

  private final LineStore store;

  OwnerlessStore(LineStore store) {
    this.store = store;
  }

  @Override
  public String description() {
    return store.description();
  }

  @Override
  public StoreTraits traits() {
    return store.traits();
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
    store.open(request, events, to(reply, session -> reply.done(new Session(session))));
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

  private void removeHead(LockName name, Reply<Boolean> reply) {
    store.list(
        name.text(),
        to(
            reply,
            views -> {
              for (LineView view : views) {
                if (view.name().equals(name)) {
                  OptionalLong head = OptionalLong.of(view.tickets().get(0).number());
                  store.revoke(name, head, true, to(reply, removed -> reply.done(true)));
                  return;
                }
              }
              reply.done(false);
            }));
  }

  private static <T> Reply<T> to(Reply<?> failed, Consumer<T> done) {
    return new Reply<>() {
      @Override
      public void done(T value) {
        done.accept(value);
      }

      @Override
      public void failed(StoreException failure) {
        failed.failed(failure);
      }
    };
  }

  /** Passes everything on but what is said of leaving. */
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
      session.beat(bearers, reply);
    }

    @Override
    public void enter(LockName name, Ask ask, boolean onlyIfFree, Reply<TicketState> reply) {
      session.enter(name, ask, onlyIfFree, reply);
    }

    @Override
    public void leave(LockName name, RequestId request, long number, Reply<Boolean> reply) {
      session.leave(
          name,
          request,
          number,
          OwnerlessStore.<Boolean>to(
              reply,
              found -> {
                if (found) {
                  reply.done(true);
                } else {
                  removeHead(name, reply);
                }
              }));
    }

    @Override
    public void weaken(
        LockName name,
        RequestId request,
        long number,
        int weight,
        int capacity,
        Reply<TicketState> reply) {
      session.weaken(name, request, number, weight, capacity, reply);
    }

    @Override
    public void check(LockName name, RequestId request, long number, Reply<TicketState> reply) {
      session.check(name, request, number, reply);
    }

    @Override
    public void end(Reply<Boolean> reply) {
      session.end(reply);
    }
  }
}
