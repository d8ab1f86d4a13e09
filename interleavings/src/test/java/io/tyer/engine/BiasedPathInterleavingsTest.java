package io.tyer.engine;

import io.tyer.DistributedLock;
import io.tyer.Lease;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The way past the queue's lock to a ticket that is kept, among events that close and open it: a
 * mutex whose tries fail only if somebody has it, and from which nothing is lost. In every order on
 * a queue without a store, since a whole client takes too many steps for that; the whole client
 * under stress.
 */
@Tag("full")
class BiasedPathInterleavingsTest {

  @Test
  void inEveryOrder() {
    Checking.everyOrder(OfTheQueue.class, Model.class, 4, 120);
  }

  @Test
  void givenBackInEveryOrder() {
    Checking.everyOrder(GivenBack.class, Quiet.class, 4, 150);
  }

  @Test
  void underStress() {
    Checking.underStress(OfTheQueue.class, Model.class, 20, 1000);
  }

  @Test
  void wholeClientUnderStress() {
    Checking.underStress(OfTheClient.class, Model.class, 20, 200);
  }

  /** A queue with a ticket that is kept and that nobody else wants. */
  public static class OfTheQueue extends Takers {
    private final OneKeptTicket ticket = new OneKeptTicket();

    @Override
    @Nullable Lease tryOnce() {
      return ticket.tryOnce();
    }

    @Override
    public void event() {
      ticket.event();
    }
  }

  /** The lock of a client whose ticket is kept already. */
  public static class OfTheClient extends Takers {
    private final OneClient client = OneClient.withBias(1);
    private final DistributedLock lock = client.lock();

    public OfTheClient() {
      lock.tryAcquireAsync().join().orElseThrow().close();
    }

    @Override
    @Nullable Lease tryOnce() {
      return lock.tryAcquireAsync().join().asOptional().orElse(null);
    }

    @Override
    public void event() {
      client.event();
    }

    /** It may be somebody else's turn by now: that one loses nothing. */
    @Operation
    public void giveBackAgain(@Param(name = "thread") int thread) {
      Lease lease = given[thread];
      if (lease != null) {
        lease.close();
      }
    }

    /**
     * Once: a name that is recalled again gets tickets that are not kept, and for those a try may
     * fail because of another that fails.
     */
    @Operation(runOnce = true)
    public void recall() {
      client.recall();
    }
  }

  /** Threads that try, and give back what they have taken. */
  @Param(name = "thread", gen = ThreadIdGen.class)
  public abstract static class Takers {
    private static final int MOST_THREADS = 8;

    /** What each thread has; no thread looks at another's. */
    private final @Nullable Lease[] taken = new @Nullable Lease[MOST_THREADS];

    /** What each thread gave back last. */
    final @Nullable Lease[] given = new @Nullable Lease[MOST_THREADS];

    abstract @Nullable Lease tryOnce();

    @Operation
    public abstract void event();

    @Operation
    public boolean take(@Param(name = "thread") int thread) {
      Lease lease = tryOnce();
      if (lease != null) {
        taken[thread] = lease;
      }
      return lease != null;
    }

    @Operation
    public boolean giveBack(@Param(name = "thread") int thread) {
      Lease lease = taken[thread];
      taken[thread] = null;
      if (lease == null) {
        return false;
      }
      lease.close();
      given[thread] = lease;
      return true;
    }

    /** Whoever has it is the only one; without that one it is free. */
    @Validate
    public void nothingIsLost() {
      // What the slot hides from the queue comes to light.
      event();
      for (int thread = 0; thread < MOST_THREADS; thread++) {
        if (taken[thread] != null) {
          require(tryOnce() == null, "somebody has it, and it is free");
          giveBack(thread);
        }
      }
      require(tryOnce() != null, "nobody has it, and it is not free");
    }

    private static void require(boolean met, String otherwise) {
      if (!met) {
        throw new IllegalStateException(otherwise);
      }
    }
  }

  /**
   * Somebody has it from the beginning: between the two steps of giving it back there is room for
   * an event, which a search among all operations seldom puts there.
   */
  public static class GivenBack {
    private final OneKeptTicket ticket = new OneKeptTicket();
    private final @Nullable Lease lease = ticket.tryOnce();
    private boolean given;

    @Operation(runOnce = true)
    public void giveBack() {
      if (lease != null) {
        lease.close();
        given = true;
      }
    }

    @Operation
    public void event() {
      ticket.event();
    }

    @Validate
    public void freeOnceItIsGivenBack() {
      ticket.event();
      if ((ticket.tryOnce() != null) != given) {
        throw new IllegalStateException(given ? "it is not free" : "it is free");
      }
    }
  }

  /** Says nothing. */
  public static class Quiet {
    public void giveBack() {}

    public void event() {}
  }

  /** One thread's view of it. */
  public static class Model {
    private static final int NOBODY = -1;

    private int holder = NOBODY;

    public boolean take(int thread) {
      boolean free = holder == NOBODY;
      if (free) {
        holder = thread;
      }
      return free;
    }

    public boolean giveBack(int thread) {
      boolean held = holder == thread;
      if (held) {
        holder = NOBODY;
      }
      return held;
    }

    public void event() {}

    public void recall() {}

    public void giveBackAgain(int thread) {}
  }
}
