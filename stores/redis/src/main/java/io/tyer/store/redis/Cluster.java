package io.tyer.store.redis;

import io.lettuce.core.codec.StringCodec;
import io.tyer.spi.StoreException;
import io.tyer.store.network.HostPort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The masters of a cluster. Which one has a slot is asked of any node, and again when a request was
 * sent to the wrong one or a node cannot be reached.
 */
final class Cluster implements Topology {

  private static final int MOST_REDIRECTIONS = 5;
  private static final long PAUSE_NANOS = 100_000_000;

  private final Wiring wiring;
  private final String description;
  private final ConcurrentHashMap<HostPort, Server> servers = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<HostPort, ReplicatedLane> lanes = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Map<Integer, HostPort> owners = Map.of();
  private volatile Set<HostPort> nodes;
  private volatile boolean closed;

  // Guarded by the lock.
  private @Nullable CompletableFuture<Map<Integer, HostPort>> asking;
  private long askedAt;
  private boolean asked;

  Cluster(Wiring wiring, String description) {
    this.wiring = wiring;
    this.description = description;
    this.nodes = Set.copyOf(wiring.address().servers());
  }

  @Override
  public int shards() {
    return Slots.SHARDS;
  }

  @Override
  public String tag(int shard) {
    return Slots.tag(shard);
  }

  @Override
  public void send(int shard, Request request, boolean replicated) {
    HostPort owner = owners.get(Slots.slot(shard));
    if (owner != null) {
      sendTo(owner, request, replicated);
      return;
    }
    askWho(
        known -> {
          HostPort found = known.get(Slots.slot(shard));
          if (found == null) {
            request.failed(
                Failures.unreachable(
                    description, "no master serves slot " + Slots.slot(shard) + " now", null));
          } else {
            sendTo(found, request, replicated);
          }
        },
        request::failed);
  }

  private void sendTo(HostPort owner, Request request, boolean replicated) {
    if (replicated && wiring.address().replicas() > 0) {
      lanes
          .computeIfAbsent(owner, at -> new ReplicatedLane(newServer(at), wiring.address()))
          .send(request);
    } else {
      server(owner).send(request);
    }
  }

  private Server server(HostPort at) {
    return servers.computeIfAbsent(at, this::newServer);
  }

  private Server newServer(HostPort at) {
    return new Server(
        wiring,
        description + " (" + at + ")",
        () -> CompletableFuture.completedFuture(Master.uncounted(at)),
        (request, error) -> redirect(at, request, error),
        this::forget);
  }

  /** A node could not be reached: its slots may be another's by now. */
  private void forget() {
    owners = Map.of();
  }

  /** {@code MOVED slot host:port}, {@code ASK slot host:port}; the host may be left out. */
  private boolean redirect(HostPort from, Request request, String error) {
    String[] words = error.split(" ", 4);
    if (words.length < 3 || !request.mayGoOn(MOST_REDIRECTIONS) || closed) {
      return false;
    }
    HostPort to;
    int slot;
    try {
      slot = Integer.parseInt(words[1]);
      to =
          words[2].startsWith(":")
              ? new HostPort(from.host(), Integer.parseInt(words[2].substring(1)))
              : parse(words[2]);
    } catch (IllegalArgumentException e) {
      return false;
    }
    if (words[0].equals("ASK")) {
      server(to).sendAsking(request);
    } else {
      Map<Integer, HostPort> moved = new HashMap<>(owners);
      moved.put(slot, to);
      owners = Map.copyOf(moved);
      server(to).send(request);
    }
    return true;
  }

  /** Unlike in addresses, the port is always there, and IPv6 has no brackets. */
  private static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    return new HostPort(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }

  // ---- who has which slot

  private void askWho(Consumer<Map<Integer, HostPort>> then, Consumer<StoreException> failed) {
    CompletableFuture<Map<Integer, HostPort>> answer;
    boolean first = false;
    lock.lock();
    try {
      if (asking == null) {
        long now = wiring.surroundings().nanoTime();
        if (asked && now - askedAt < PAUSE_NANOS && !owners.isEmpty()) {
          answer = CompletableFuture.completedFuture(owners);
        } else {
          asked = true;
          askedAt = now;
          first = true;
          answer = new CompletableFuture<>();
          asking = answer;
        }
      } else {
        answer = asking;
      }
    } finally {
      lock.unlock();
    }
    var unused =
        answer.whenComplete(
            (known, failure) -> {
              if (failure == null) {
                then.accept(known);
              } else {
                failed.accept(wiring.explain(description, failure));
              }
            });
    if (first) {
      ask(new ArrayList<>(candidates()), answer, null);
    }
  }

  private Set<HostPort> candidates() {
    Set<HostPort> all = new LinkedHashSet<>(nodes);
    all.addAll(wiring.address().servers());
    return all;
  }

  private void ask(
      List<HostPort> left,
      CompletableFuture<Map<Integer, HostPort>> answer,
      @Nullable Throwable before) {
    if (left.isEmpty() || closed) {
      learned(null, answer);
      answer.completeExceptionally(
          before != null ? before : Failures.unreachable(description, "no node answers", null));
      return;
    }
    HostPort node = left.remove(0);
    var unused =
        slotsBy(node)
            .whenComplete(
                (slots, failure) -> {
                  if (failure != null || slots.isEmpty()) {
                    ask(left, answer, failure);
                  } else {
                    learned(slots, answer);
                    answer.complete(slots);
                  }
                });
  }

  private void learned(
      @Nullable Map<Integer, HostPort> slots, CompletableFuture<Map<Integer, HostPort>> answer) {
    lock.lock();
    try {
      if (asking == answer) {
        asking = null;
      }
      if (slots != null) {
        owners = slots;
        nodes = Set.copyOf(slots.values());
      }
    } finally {
      lock.unlock();
    }
  }

  /** The masters of our slots, by this node. */
  private CompletionStage<Map<Integer, HostPort>> slotsBy(HostPort node) {
    return wiring
        .connect(client -> client.connectAsync(StringCodec.UTF8, wiring.uri(node)))
        .thenCompose(
            connection -> {
              CompletableFuture<Map<Integer, HostPort>> slots = new CompletableFuture<>();
              var limit =
                  wiring
                      .surroundings()
                      .schedule(
                          wiring.connectTimeout().dividedBy(2).toNanos(),
                          () ->
                              slots.completeExceptionally(
                                  Failures.unreachable(node.toString(), "no answer", null)));
              var unused =
                  connection
                      .async()
                      .clusterSlots()
                      .whenComplete(
                          (ranges, failure) -> {
                            try {
                              if (failure != null) {
                                throw failure;
                              }
                              slots.complete(ownersIn(ranges, node));
                            } catch (Throwable e) {
                              slots.completeExceptionally(e);
                            }
                          });
              return slots.whenComplete(
                  (known, failure) -> {
                    limit.cancel();
                    wiring.close(connection);
                  });
            });
  }

  /** The masters of our slots in an answer to CLUSTER SLOTS. */
  static Map<Integer, HostPort> ownersIn(List<Object> ranges, HostPort asked) {
    Map<Integer, HostPort> owners = new HashMap<>();
    for (Object range : ranges) {
      List<?> fields = (List<?>) range;
      long from = (Long) fields.get(0);
      long to = (Long) fields.get(1);
      List<?> master = (List<?>) fields.get(2);
      String host = master.get(0) == null ? "" : master.get(0).toString();
      HostPort owner =
          new HostPort(
              host.isEmpty() || host.equals("?") ? asked.host() : host,
              ((Long) master.get(1)).intValue());
      for (int shard = 0; shard < Slots.SHARDS; shard++) {
        int slot = Slots.slot(shard);
        if (slot >= from && slot <= to) {
          owners.put(slot, owner);
        }
      }
    }
    return owners;
  }

  /** Any node: what is published on one is heard on all. */
  @Override
  public CompletionStage<HostPort> forInbox() {
    CompletableFuture<HostPort> found = new CompletableFuture<>();
    askWho(
        known -> {
          List<HostPort> all = List.copyOf(Set.copyOf(known.values()));
          int any = Math.floorMod((int) wiring.surroundings().nextLong(), all.size());
          found.complete(all.get(any));
        },
        found::completeExceptionally);
    return found;
  }

  @Override
  public void close() {
    closed = true;
    servers.values().forEach(Server::close);
    lanes.values().forEach(ReplicatedLane::close);
  }
}
