package io.tyer.testkit.sim;

import io.tyer.Acquirable;
import io.tyer.Lease;
import io.tyer.OptionalLease;
import io.tyer.StoreRefusedException;
import io.tyer.TyerException;
import io.tyer.line.Ticket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** One caller's attempt to acquire, from the call to its outcome. */
final class Attempt {

  final Wish wish;
  private final World world;
  private final SimClient client;
  private final Observer observer;
  private final long started;
  private final long stoppedBefore;
  private @Nullable CompletableFuture<?> future;

  Attempt(World world, SimClient client, Observer observer, Wish wish) {
    this.world = world;
    this.client = client;
    this.observer = observer;
    this.wish = wish;
    this.started = world.events().now();
    this.stoppedBefore = client.process().stoppedInAll();
  }

  /** What becomes of it, told once. */
  interface End {
    /** A lease, or none. */
    void ended(@Nullable Lease lease);
  }

  /** Asks the engine. */
  void start(End end) {
    client.attempts().add(this);
    world.note(client.process(), "calls " + wish);
    List<Ticket> waitedBefore = observer.inTheWay(wish, client);
    Acquirable wanted = wish.of(client.engine().locks());
    CompletableFuture<OptionalLease> asked =
        switch (wish.form()) {
          case ACQUIRE -> {
            CompletableFuture<Lease> acquiring = wanted.acquireAsync();
            future = acquiring;
            yield acquiring.thenApply(OptionalLease::of);
          }
          case TRY -> wanted.tryAcquireAsync();
          case TIMED -> wanted.tryAcquireAsync(Duration.ofNanos(wish.patience()));
        };
    if (future == null) {
      future = asked;
    }
    CompletableFuture<OptionalLease> unused =
        asked.whenComplete(
            (lease, failure) -> {
              client.attempts().remove(this);
              Lease given = failure == null ? lease.asOptional().orElse(null) : null;
              if (failure == null) {
                world.tally().count(given == null ? "acquires: busy" : "acquires: granted");
                world.note(client.process(), (given == null ? "busy: " : "granted: ") + wish);
              } else {
                failed(failure);
              }
              observer.ended(this, client, elapsed());
              if (given != null) {
                observer.granted(this, client, waitedBefore);
              }
              end.ended(given);
            });
  }

  private void failed(Throwable failure) {
    Throwable inner = failure.getCause();
    Throwable cause = failure instanceof CompletionException && inner != null ? inner : failure;
    String kind = cause.getClass().getSimpleName();
    world.tally().count("acquires: " + kind);
    world.note(client.process(), kind + ": " + wish);
    boolean expected = cause instanceof TyerException || cause instanceof CancellationException;
    if (!expected || cause instanceof StoreRefusedException) {
      world.broken(new PromiseBroken("API", wish + " failed unexpectedly", cause));
    }
  }

  /** For how long it has been waiting while its process ran. */
  long elapsed() {
    return world.events().now() - started - (client.process().stoppedInAll() - stoppedBefore);
  }

  void cancel() {
    CompletableFuture<?> asked = future;
    if (asked != null && !asked.isDone()) {
      world.tally().count("cancels");
      world.note(client.process(), "cancels " + wish);
      asked.cancel(true);
    }
  }

  @Override
  public String toString() {
    return wish + " by " + client.name();
  }
}
