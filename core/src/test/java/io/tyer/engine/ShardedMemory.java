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
import io.tyer.spi.TicketState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A router over stores, each a shard. A name's first character says which it belongs to. */
final class ShardedMemory implements LineStore {

  private final List<FaultyStore> shards;

  /** The processes that bear the session of a shard, as it was told last. */
  final Map<Integer, Bearers> bearers = new ConcurrentHashMap<>();

  /** What sessions were asked about names of other shards: a mistake of the engine. */
  final List<String> astray = new CopyOnWriteArrayList<>();

  ShardedMemory(List<FaultyStore> shards) {
    this.shards = List.copyOf(shards);
  }

  FaultyStore shard(int shard) {
    return shards.get(shard);
  }

  @Override
  public int shards() {
    return shards.size();
  }

  @Override
  public int shardOf(LockName name) {
    return name.text().charAt(0) - '0';
  }

  @Override
  public String description() {
    return "sharded:" + shards.size();
  }

  @Override
  public StoreTraits traits() {
    return shards.get(0).traits();
  }

  @Override
  public void open(SessionRequest request, SessionEvents events, Reply<StoreSession> reply) {
    int shard = request.shard();
    bearers.put(shard, request.bearers());
    shards
        .get(shard)
        .open(
            request,
            events,
            new Reply<StoreSession>() {
              @Override
              public void done(StoreSession session) {
                reply.done(new Session(session, shard));
              }

              @Override
              public void failed(StoreException failure) {
                reply.failed(failure);
              }
            });
  }

  /** The shards answer at once. */
  @Override
  public void list(String prefix, Reply<List<LineView>> reply) {
    List<LineView> all = new ArrayList<>();
    for (FaultyStore shard : shards) {
      shard.list(
          prefix,
          new Reply<List<LineView>>() {
            @Override
            public void done(List<LineView> views) {
              all.addAll(views);
            }

            @Override
            public void failed(StoreException failure) {
              throw new AssertionError(failure);
            }
          });
    }
    all.sort(Comparator.comparing(LineView::name));
    reply.done(all);
  }

  @Override
  public void revoke(LockName name, OptionalLong number, boolean now, Reply<Integer> reply) {
    shards.get(shardOf(name)).revoke(name, number, now, reply);
  }

  @Override
  public void close() {
    shards.forEach(FaultyStore::close);
  }

  private final class Session implements StoreSession {

    private final StoreSession session;
    private final int shard;

    Session(StoreSession session, int shard) {
      this.session = session;
      this.shard = shard;
    }

    private void looksAt(LockName name) {
      if (shardOf(name) != shard) {
        astray.add("a session of shard " + shard + " was asked about " + name);
      }
    }

    @Override
    public SessionId id() {
      return session.id();
    }

    @Override
    public void beat(Bearers processes, Reply<BeatAnswer> reply) {
      bearers.put(shard, processes);
      session.beat(processes, reply);
    }

    @Override
    public void enter(LockName name, Ask ask, boolean onlyIfFree, Reply<TicketState> reply) {
      looksAt(name);
      session.enter(name, ask, onlyIfFree, reply);
    }

    @Override
    public void leave(LockName name, RequestId request, long number, Reply<Boolean> reply) {
      looksAt(name);
      session.leave(name, request, number, reply);
    }

    @Override
    public void weaken(
        LockName name,
        RequestId request,
        long number,
        int weight,
        int capacity,
        Reply<TicketState> reply) {
      looksAt(name);
      session.weaken(name, request, number, weight, capacity, reply);
    }

    @Override
    public void check(LockName name, RequestId request, long number, Reply<TicketState> reply) {
      looksAt(name);
      session.check(name, request, number, reply);
    }

    @Override
    public void end(Reply<Boolean> reply) {
      session.end(reply);
    }
  }
}
