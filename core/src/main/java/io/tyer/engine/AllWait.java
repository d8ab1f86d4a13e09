package io.tyer.engine;

import io.tyer.Lease;
import io.tyer.OptionalLease;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes several locks one after the other, as {@link TakingAll} says, without blocking a thread.
 */
final class AllWait {

  private final Client engine;
  private final List<Wanted> parts;
  private final long waitNanos;
  private final long startNanos;
  private final LeaseFuture<OptionalLease> result = new LeaseFuture<>();

  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by the lock.
  private final TakingAll state;
  private final Deque<TakingAll.Step> steps = new ArrayDeque<>();
  private final List<Lease> held = new ArrayList<>();
  private boolean performing;

  /** Touched by whoever performs steps. */
  private @Nullable CompletableFuture<OptionalLease> asked;

  private AllWait(Client engine, List<Wanted> parts, long waitNanos) {
    this.engine = engine;
    this.parts = parts;
    this.waitNanos = waitNanos;
    this.startNanos = engine.now();
    this.state = new TakingAll(parts.size());
  }

  /**
   * Takes them all.
   *
   * @param parts in the order of their names, each name once
   * @param waitNanos for how long to wait in line for all of them together; 0 for a try
   */
  static LeaseFuture<OptionalLease> acquire(Client engine, List<Wanted> parts, long waitNanos) {
    AllWait wait = new AllWait(engine, parts, waitNanos);
    wait.apply(wait.state::begin);
    LeaseFuture.whenDone(wait.result, () -> wait.apply(wait.state::abandoned));
    return wait.result;
  }

  private void apply(Supplier<List<TakingAll.Step>> event) {
    lock.lock();
    try {
      steps.addAll(event.get());
      if (performing) {
        return;
      }
      performing = true;
    } finally {
      lock.unlock();
    }
    for (TakingAll.Step next = next(); next != null; next = next()) {
      perform(next);
    }
  }

  private TakingAll.@Nullable Step next() {
    lock.lock();
    try {
      TakingAll.Step next = steps.poll();
      performing = next != null;
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void perform(TakingAll.Step step) {
    if (step instanceof TakingAll.Take take) {
      take(take.index());
    } else if (step instanceof TakingAll.Withdraw) {
      CompletableFuture<OptionalLease> last = asked;
      if (last != null) {
        last.cancel(false);
      }
    } else if (step instanceof TakingAll.GiveBack giveBack) {
      giveBack(leases(giveBack.count()));
    } else if (step instanceof TakingAll.Succeed) {
      AllLease lease = new AllLease(engine, leases(parts.size()));
      if (!result.complete(OptionalLease.of(lease))) {
        var unused = lease.closeAsync();
      }
    } else if (step instanceof TakingAll.End end) {
      if (end.failure() == null) {
        result.complete(OptionalLease.empty());
      } else {
        result.completeExceptionally(end.failure());
      }
    }
  }

  private void take(int index) {
    CompletableFuture<OptionalLease> part = FutureWait.acquire(engine, parts.get(index), left());
    asked = part;
    CompletableFuture<OptionalLease> unused =
        part.whenComplete(
            (lease, failure) -> {
              if (failure == null && lease.isPresent()) {
                granted(lease.get());
              } else if (failure instanceof CancellationException) {
                apply(state::withdrawn);
              } else {
                apply(() -> state.ended(unwrapped(failure)));
              }
            });
  }

  private static @Nullable Throwable unwrapped(@Nullable Throwable failure) {
    return failure instanceof CompletionException ? failure.getCause() : failure;
  }

  private long left() {
    if (waitNanos <= 0 || waitNanos >= Nanos.LONGEST) {
      return waitNanos;
    }
    return Math.max(0, waitNanos - (engine.now() - startNanos));
  }

  private void granted(Lease lease) {
    apply(
        () -> {
          held.add(lease);
          int round = state.round();
          // Told on a thread of its own, never here.
          lease.onLost(cause -> apply(() -> state.lost(round)));
          return state.granted();
        });
  }

  private List<Lease> leases(int count) {
    lock.lock();
    try {
      List<Lease> first = held.subList(0, count);
      List<Lease> leases = List.copyOf(first);
      first.clear();
      return leases;
    } finally {
      lock.unlock();
    }
  }

  private static void giveBack(List<Lease> leases) {
    for (int i = leases.size() - 1; i >= 0; i--) {
      var unused = leases.get(i).closeAsync();
    }
  }
}
