package io.tyer.engine;

import io.tyer.OutcomeUnknownException;
import io.tyer.StoreUnreachableException;
import io.tyer.line.LockName;
import io.tyer.spi.Bearers;
import io.tyer.spi.LineStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The client's sessions: one keeper per shard of the store, each of which opens its session when it
 * is first needed. What happens to one session touches no name of another shard.
 */
final class Shards {

  /** For how many operation time-outs other shards are tried when one gives no session. */
  private static final int CONNECT_TIMEOUTS = 3;

  private final Engine engine;
  private final LineStore store;
  private final SessionKeeper[] keepers;

  Shards(Engine engine) {
    this.engine = engine;
    this.store = engine.port().store();
    this.keepers =
        IntStream.range(0, store.shards())
            .mapToObj(shard -> new SessionKeeper(engine, shard))
            .toArray(SessionKeeper[]::new);
  }

  SessionKeeper keeper(LockName name) {
    return keepers[keepers.length == 1 ? 0 : store.shardOf(name)];
  }

  /**
   * Opens one session, to find out whether the store can be used: in shards taken at random until
   * one opens it, refuses, or time is over. Fails as the last one tried.
   */
  void connect() {
    List<SessionKeeper> untried = new ArrayList<>(List.of(keepers));
    long end = engine.now() + CONNECT_TIMEOUTS * engine.port().operationTimeoutNanos();
    while (true) {
      SessionKeeper next = untried.remove(random(untried.size()));
      try {
        engine.await("opening a session in " + engine.description(), next.open());
        return;
      } catch (StoreUnreachableException | OutcomeUnknownException e) {
        if (untried.isEmpty() || engine.now() - end >= 0) {
          throw e;
        }
      }
    }
  }

  private int random(int bound) {
    return (int) Math.floorMod(engine.port().surroundings().nextLong(), (long) bound);
  }

  /** Names the processes that bear the sessions, those yet to be opened included. */
  CompletableFuture<Void> bearers(Bearers processes) {
    return all(keeper -> keeper.bearers(processes));
  }

  /** All sessions end, at the same time; completes when the store knows, or has failed. */
  void close(CompletableFuture<Void> ended, Effects effects) {
    CompletableFuture<Void> unused =
        all(keeper -> keeper.close(effects))
            .whenComplete((none, failure) -> Futures.complete(ended, failure));
  }

  private CompletableFuture<Void> all(Function<SessionKeeper, CompletableFuture<Void>> part) {
    return CompletableFuture.allOf(
        Arrays.stream(keepers).map(part).toArray(CompletableFuture[]::new));
  }
}
