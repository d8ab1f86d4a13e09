package io.tyer.engine;

import io.tyer.DistributedLock;
import io.tyer.Lease;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Callers of one client who try, wait, give up and hand on to each other: one at a time, nobody is
 * forgotten, and in the end it is free.
 *
 * <p>No mutex that answers in some order of one thread would do as a specification: a try fails
 * while anybody waits, and so it may because of another try that fails, too. What it must not is
 * fail when it was alone; each keeps watch of that for itself, and operations have no results.
 *
 * <p>Only under stress: each run makes a client, a session and a store, and in every order that
 * would take minutes for what a few seconds of real threads find.
 */
@Tag("full")
class LocalQueueInterleavingsTest {

  @Test
  void withoutBatons() {
    Checking.underStress(WithoutBatons.class, Silent.class, 20, 200);
  }

  @Test
  void withBatons() {
    Checking.underStress(WithBatons.class, Silent.class, 20, 200);
  }

  @Test
  void withBias() {
    Checking.underStress(WithBias.class, Silent.class, 20, 200);
  }

  @Test
  void withBiasAndBatons() {
    Checking.underStress(WithBiasAndBatons.class, Silent.class, 20, 200);
  }

  /** Each caller has a ticket of its own. */
  public static class WithoutBatons extends Callers {
    public WithoutBatons() {
      super(OneClient.withBatons(0));
    }
  }

  /** A ticket is handed from one caller to the next. */
  public static class WithBatons extends Callers {
    public WithBatons() {
      super(OneClient.withBatons(16));
    }
  }

  /** A ticket is kept; once it is recalled, each caller has one of its own. */
  public static class WithBias extends KeptAndRecalled {
    public WithBias() {
      super(OneClient.withBias(0));
    }
  }

  /** A ticket is kept; once it is recalled, it is handed on for a while. */
  public static class WithBiasAndBatons extends KeptAndRecalled {
    public WithBiasAndBatons() {
      super(OneClient.withBias(16));
    }
  }

  /** Another client may be said to want the ticket. */
  public abstract static class KeptAndRecalled extends Callers {
    KeptAndRecalled(OneClient client) {
      super(client);
    }

    @Operation
    public void recall() {
      client.recall();
    }
  }

  /** Callers of all kinds. No thread waits: what is granted later is used by whoever grants it. */
  @Param(name = "thread", gen = ThreadIdGen.class)
  public abstract static class Callers {
    private static final int MOST_THREADS = 8;

    final OneClient client;
    private final DistributedLock lock;

    /** What each thread has taken by a try; no thread looks at another's. */
    private final @Nullable Lease[] taken = new @Nullable Lease[MOST_THREADS];

    private final Queue<CompletableFuture<?>> later = new ConcurrentLinkedQueue<>();
    private final Queue<Undecided> undecided = new ConcurrentLinkedQueue<>();

    /** How many have the lock. */
    private final AtomicInteger inside = new AtomicInteger();

    /** How many have, want, or are about to let go of it, and how often anybody began to. */
    private final AtomicInteger concerned = new AtomicInteger();

    private final AtomicInteger begun = new AtomicInteger();

    /** What went wrong where nobody would notice. */
    private volatile @Nullable String wrong;

    Callers(OneClient client) {
      this.client = client;
      this.lock = client.lock();
    }

    @Operation
    public void tryOnce(@Param(name = "thread") int thread) {
      if (taken[thread] != null) {
        return;
      }
      int before = begun.get();
      boolean alone = begin() == 1;
      Lease lease = lock.tryAcquireAsync().join().asOptional().orElse(null);
      if (lease != null) {
        enter();
        taken[thread] = lease;
        return;
      }
      if (alone && begun.get() == before + 1) {
        wrong = "a try failed although nobody else was there";
      }
      concerned.decrementAndGet();
    }

    @Operation
    public void giveBack(@Param(name = "thread") int thread) {
      Lease lease = taken[thread];
      if (lease != null) {
        taken[thread] = null;
        leave(lease);
        concerned.decrementAndGet();
      }
    }

    /** Waits as long as it takes, and has the lock but for a moment. */
    @Operation
    public void waitForIt() {
      later.add(waiting());
    }

    /** Waits, and no longer. */
    @Operation
    public void waitAndGiveUp() {
      begin();
      CompletableFuture<Lease> waited = lock.acquireAsync();
      if (!waited.cancel(false)) {
        enter();
        leave(waited.join());
      }
      concerned.decrementAndGet();
    }

    /** The same without a future, which would forgive a grant after that. */
    @Operation
    public void standAndStepBack() {
      begin();
      Undecided one = new Undecided(client.wanted());
      undecided.add(one);
      client.stepBack(one.lease, client.arrive(one.lease, one));
    }

    private final class Undecided implements Waiter.End {
      private final AtomicInteger told = new AtomicInteger();
      private final HeldLease lease;

      Undecided(HeldLease lease) {
        this.lease = lease;
      }

      boolean toldOnce() {
        return told.get() == 1;
      }

      @Override
      public void cancelled() {
        told.incrementAndGet();
        concerned.decrementAndGet();
      }

      @Override
      public void granted(LiveSession session) {
        told.incrementAndGet();
        lease.granted(session);
        enter();
        leave(lease);
        concerned.decrementAndGet();
      }

      @Override
      public void busy() {
        wrong = "busy for somebody who waits";
      }

      @Override
      public void failed(RuntimeException failure) {
        wrong = failure.toString();
      }
    }

    private CompletableFuture<?> waiting() {
      begin();
      return lock.acquireAsync()
          .thenAccept(
              lease -> {
                enter();
                leave(lease);
                concerned.decrementAndGet();
              });
    }

    /** How many are concerned with that one. */
    private int begin() {
      int now = concerned.incrementAndGet();
      begun.incrementAndGet();
      return now;
    }

    private void enter() {
      if (inside.incrementAndGet() != 1) {
        wrong = "two have it";
      }
    }

    private void leave(Lease lease) {
      inside.decrementAndGet();
      later.add(lease.closeAsync());
    }

    /** When those who have it have given it back nobody waits any more, and it is free. */
    @Validate
    public void inTheEndItIsFree() {
      for (int thread = 0; thread < MOST_THREADS; thread++) {
        giveBack(thread);
      }
      require(later.stream().allMatch(CompletableFuture::isDone), "somebody was forgotten");
      require(later.stream().noneMatch(CompletableFuture::isCompletedExceptionally), "a failure");
      require(undecided.stream().allMatch(Undecided::toldOnce), "not told once how it ended");
      require(lock.tryAcquireAsync().join().isPresent(), "it is not free");
      String known = wrong;
      require(known == null, String.valueOf(known));
    }

    private static void require(boolean met, String otherwise) {
      if (!met) {
        throw new IllegalStateException(otherwise);
      }
    }
  }

  /** Says nothing to anything. */
  public static class Silent {
    public void tryOnce(int thread) {}

    public void giveBack(int thread) {}

    public void waitForIt() {}

    public void waitAndGiveUp() {}

    public void standAndStepBack() {}

    public void recall() {}
  }
}
