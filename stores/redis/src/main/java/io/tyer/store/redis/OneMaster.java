package io.tyer.store.redis;

import io.tyer.store.network.HostPort;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One master that keeps everything: a server alone, or the one that sentinels name. */
final class OneMaster implements Topology {

  private final Supplier<CompletionStage<Master>> whereabouts;
  private final Server server;
  private final @Nullable ReplicatedLane lane;

  OneMaster(
      Wiring wiring,
      String description,
      Supplier<CompletionStage<Master>> whereabouts,
      Runnable onLoss) {
    this.whereabouts = whereabouts;
    this.server = new Server(wiring, description, whereabouts, (request, error) -> false, onLoss);
    this.lane =
        wiring.address().replicas() == 0
            ? null
            : new ReplicatedLane(
                new Server(wiring, description, whereabouts, (request, error) -> false, () -> {}),
                wiring.address());
  }

  @Override
  public int shards() {
    return 1;
  }

  @Override
  public String tag(int shard) {
    return "0";
  }

  @Override
  public void send(int shard, Request request, boolean replicated) {
    if (replicated && lane != null) {
      lane.send(request);
    } else {
      server.send(request);
    }
  }

  @Override
  public CompletionStage<HostPort> forInbox() {
    return whereabouts.get().thenApply(Master::at);
  }

  @Override
  public void close() {
    server.close();
    if (lane != null) {
      lane.close();
    }
  }
}
