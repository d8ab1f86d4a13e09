package io.tyer.benchmarks.rows;

import io.tyer.benchmarks.play.Board;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Mutex;
import io.tyer.benchmarks.play.Pauses;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Acquires that are under way, as many at any time: whoever completes one begins the next, on the
 * thread that completes it.
 */
final class Flight {

  private static final long LANDING_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Client client;
  private final Board board;
  private final int flying;
  private final LongAdder counted = new LongAdder();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  Flight(Client client, Board board, int flying) {
    this.client = client;
    this.board = board;
    this.flying = flying;
  }

  /** Begins as many. Where they complete at once, this returns when all is over. */
  void start() {
    underWay.set(flying);
    for (int i = 0; i < flying; i++) {
      new Seat(i).fly();
    }
  }

  /** Whoever uses one name again does not wait for its own release: two take turns. */
  private final class Seat {

    private final String even;
    private final String odd;
    private int turn;

    Seat(int number) {
      this.even = "seat-" + number + "-even";
      this.odd = "seat-" + number + "-odd";
    }

    void fly() {
      try {
        while (failure.get() == null && !Phases.over(board)) {
          CompletableFuture<? extends Mutex.Held> acquiring =
              client.begin(turn++ % 2 == 0 ? even : odd);
          if (!acquiring.isDone()) {
            CompletableFuture<?> unused = acquiring.whenComplete(this::next);
            return;
          }
          arrived(acquiring.join());
        }
      } catch (RuntimeException | Error e) {
        failure.compareAndSet(null, e instanceof CompletionException ? e.getCause() : e);
      }
      underWay.decrementAndGet();
    }

    private void next(Mutex.@Nullable Held held, @Nullable Throwable thrown) {
      if (held == null) {
        failure.compareAndSet(null, thrown);
        underWay.decrementAndGet();
        return;
      }
      arrived(held);
      fly();
    }

    private void arrived(Mutex.Held held) {
      if (Phases.measuring(board)) {
        counted.increment();
      }
      held.releaseLater();
    }
  }

  /** Throws what one of them failed with. */
  void check() {
    Throwable thrown = failure.get();
    if (thrown != null) {
      throw new IllegalStateException("an acquire has failed", thrown);
    }
  }

  /** Waits until none is under way any more. */
  void land() {
    long start = System.nanoTime();
    while (underWay.get() > 0 && System.nanoTime() - start < LANDING_NANOS) {
      Pauses.millis(1);
    }
    check();
    if (underWay.get() > 0) {
      throw new IllegalStateException(underWay.get() + " acquires have not ended");
    }
  }

  /** How many were granted while it was measured. */
  long counted() {
    return counted.sum();
  }
}
