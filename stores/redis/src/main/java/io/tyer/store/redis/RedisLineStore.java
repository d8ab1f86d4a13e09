package io.tyer.store.redis;

import io.tyer.line.LockName;
import io.tyer.spi.LineStore;
import io.tyer.spi.LineView;
import io.tyer.spi.Reply;
import io.tyer.spi.SessionEvents;
import io.tyer.spi.SessionRequest;
import io.tyer.spi.StoreSession;
import io.tyer.spi.StoreTraits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Lines on the master of Redis or Valkey, or on the masters of a cluster. */
final class RedisLineStore implements LineStore {

  private static final StoreTraits TRAITS =
      new StoreTraits(false, true, Duration.ZERO, Duration.ofMillis(500), Duration.ofSeconds(2));

  private final String description;
  private final Wiring wiring;
  private final Topology topology;
  private final Inboxes inboxes;
  private final List<Shard> shards = new ArrayList<>();

  RedisLineStore(String description, Wiring wiring, Topology topology) {
    this.description = description;
    this.wiring = wiring;
    this.topology = topology;
    this.inboxes = new Inboxes(wiring, description, topology);
    for (int i = 0; i < topology.shards(); i++) {
      shards.add(
          new Shard(
              topology, i, new Keys(wiring.address().prefix(), topology.tag(i)), description));
    }
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public StoreTraits traits() {
    return TRAITS;
  }

  @Override
  public int shards() {
    return shards.size();
  }

  @Override
  public int shardOf(LockName name) {
    return shards.size() == 1 ? 0 : Slots.shardOf(name);
  }

  @Override
  public void open(SessionRequest request, SessionEvents events, Reply<StoreSession> reply) {
    RedisSession session = new RedisSession(shards.get(request.shard()), inboxes, request, events);
    session.open(request, reply);
  }

  @Override
  public void list(String prefix, Reply<List<LineView>> reply) {
    new Listing(shards, prefix, reply).start();
  }

  @Override
  public void view(LockName name, Reply<LineView> reply) {
    Shard shard = shards.get(shardOf(name));
    Listing.sweep(
        shard,
        () ->
            Listing.read(
                shard,
                name,
                tickets -> reply.done(new LineView(name, tickets, Listing.granted(tickets))),
                reply::failed),
        reply::failed);
  }

  @Override
  public void revoke(LockName name, OptionalLong number, boolean now, Reply<Integer> reply) {
    Revoking.start(shards.get(shardOf(name)), name, number, now, reply);
  }

  @Override
  public void close() {
    wiring.closing();
    inboxes.close();
    topology.close();
    wiring.close();
  }
}
