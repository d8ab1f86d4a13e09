package io.tyer.server.log;

import io.tyer.spi.Surroundings;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The clocks of the other members, asked for now and then, so that whoever begins to lead knows
 * them and need not wait.
 */
final class Clocks {

  /** What was told this long ago still counts: clocks run alike for so long. */
  private static final long FRESH_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Surroundings surroundings;
  private volatile Heard heard;

  private record Heard(List<PeerClock> clocks, long nanos) {}

  Clocks(Surroundings surroundings) {
    this.surroundings = surroundings;
    heard = new Heard(List.of(), surroundings.nanoTime() - FRESH_NANOS);
  }

  /** What the others tell now, as far as they answer; never fails. */
  CompletableFuture<List<PeerClock>> ask(ReplicatedLog log) {
    return log.clocks()
        .thenApply(
            clocks -> {
              heard = new Heard(clocks, surroundings.nanoTime());
              return clocks;
            });
  }

  /** What is known of most of them at once, else what they tell now. */
  CompletableFuture<List<PeerClock>> known(ReplicatedLog log, int members) {
    Heard last = heard;
    long age = surroundings.nanoTime() - last.nanos();
    if (age >= FRESH_NANOS || last.clocks().size() + 1 <= members / 2) {
      return ask(log);
    }
    long passed = TimeUnit.NANOSECONDS.toMillis(age);
    return CompletableFuture.completedFuture(
        last.clocks().stream()
            .map(one -> new PeerClock(one.id(), one.wallMillis() + passed, one.version()))
            .toList());
  }
}
