package io.tyer.engine;

import io.tyer.Lease;
import io.tyer.OptionalLease;
import io.tyer.Reservation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Takes tickets under bias ahead of their first use: by a try whose lease is closed at once. */
final class Reserving {

  private Reserving() {}

  static Reservation blocking(Client engine, Wanted wanted) throws InterruptedException {
    Reservation known = known(engine, wanted);
    if (known != null) {
      return known;
    }
    Optional<Lease> lease = BlockingWait.acquire(engine, wanted.withoutMaxHold(), 0);
    lease.ifPresent(Lease::close);
    return after(engine, wanted, lease.isPresent());
  }

  /** Cancelling it withdraws. */
  static CompletableFuture<Reservation> async(Client engine, Wanted wanted) {
    Reservation known = known(engine, wanted);
    if (known != null) {
      return CompletableFuture.completedFuture(known);
    }
    return FutureWait.acquire(engine, wanted.withoutMaxHold(), 0)
        .thenCompose(lease -> givenBack(lease).thenApply(had -> after(engine, wanted, had)));
  }

  private static CompletableFuture<Boolean> givenBack(OptionalLease lease) {
    return lease.isPresent()
        ? lease.get().closeAsync().thenApply(done -> true)
        : CompletableFuture.completedFuture(false);
  }

  /** All at once; an interrupt withdraws what has not been answered. */
  static Map<String, Reservation> all(Client engine, Map<String, Wanted> wanted)
      throws InterruptedException {
    Map<String, CompletableFuture<Reservation>> asked = new LinkedHashMap<>();
    wanted.forEach((name, one) -> asked.put(name, async(engine, one)));
    try {
      CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
          .exceptionally(failure -> null) // Told below, by the first name that has one.
          .get();
    } catch (InterruptedException e) {
      asked.values().forEach(one -> one.cancel(false));
      throw e;
    } catch (ExecutionException e) {
      throw new IllegalStateException("reserving several locks failed", e);
    }
    Map<String, Reservation> answers = new LinkedHashMap<>();
    asked.forEach((name, one) -> answers.put(name, answer(one)));
    return answers;
  }

  private static Reservation answer(CompletableFuture<Reservation> done) {
    try {
      return done.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  /** What there is to say without asking the store; null if it must be asked. */
  private static @Nullable Reservation known(Client engine, Wanted wanted) {
    engine.requireOpen();
    if (!wanted.biased() || !wanted.mode().exclusive()) {
      return Reservation.NOT_KEPT;
    }
    if (keeps(engine, wanted)) {
      return Reservation.RESERVED;
    }
    boolean possible =
        engine.port().store().traits().tells()
            && engine.biasPolicy().allows(wanted.name(), engine.now());
    return possible ? null : Reservation.NOT_KEPT;
  }

  private static Reservation after(Client engine, Wanted wanted, boolean had) {
    if (keeps(engine, wanted)) {
      // Also where a caller of this client was faster.
      return Reservation.RESERVED;
    }
    return had ? Reservation.NOT_KEPT : Reservation.BUSY;
  }

  private static boolean keeps(Client engine, Wanted wanted) {
    NameShell shell = engine.shards().names(wanted.name()).known(wanted.name());
    return shell != null && shell.keeps();
  }
}
