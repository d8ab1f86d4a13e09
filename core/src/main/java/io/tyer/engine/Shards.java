package io.tyer.engine;

import io.tyer.line.LockName;
import io.tyer.spi.Bearers;
import io.tyer.spi.LineStore;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The client's names, and one session for those of each shard of the store, which is opened when it
 * is first needed. What happens to one session touches no name of another shard.
 */
final class Shards {

  private final LineStore store;
  private final Names[] shards;

  Shards(LineStore store, IntFunction<Names> namesOf) {
    this.store = store;
    this.shards = IntStream.range(0, store.shards()).mapToObj(namesOf).toArray(Names[]::new);
  }

  /** The names of the shard to which this one belongs. */
  Names names(LockName name) {
    return shards[shards.length == 1 ? 0 : store.shardOf(name)];
  }

  boolean idle() {
    return Arrays.stream(shards).allMatch(Names::isEmpty);
  }

  /** Who keeps the session of each shard. */
  List<SessionShell> sessions() {
    return Arrays.stream(shards).map(Names::sessions).toList();
  }

  /** Names the processes that bear the sessions, those yet to be opened included. */
  CompletableFuture<Void> bearers(Bearers processes) {
    return all(sessions -> sessions.bearers(processes));
  }

  /** All sessions end, at the same time; completes when the store knows, or has failed. */
  void close(CompletableFuture<Void> ended, Chain chain) {
    CompletableFuture<Void> unused =
        all(sessions -> sessions.close(chain))
            .whenComplete((none, failure) -> Futures.complete(ended, failure));
  }

  private CompletableFuture<Void> all(Function<SessionShell, CompletableFuture<Void>> part) {
    return CompletableFuture.allOf(sessions().stream().map(part).toArray(CompletableFuture[]::new));
  }
}
