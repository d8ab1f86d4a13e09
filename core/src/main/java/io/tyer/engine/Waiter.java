package io.tyer.engine;

import org.jspecify.annotations.Nullable;

/** A local caller that wants a lease. */
final class Waiter {

  /** Told once, outside all locks, how it ended. */
  interface End {
    void granted(HeldLease lease);

    /** Refused as a try. */
    void busy();

    void failed(RuntimeException failure);
  }

  final Mode mode;
  final int weight;
  final String owner;

  /** 0 for no maximum. */
  final long maxHoldNanos;

  final long startNanos;

  /** Whether its ticket is kept after the last local release. */
  final boolean biased;

  /** The thread that blocks, if one does. */
  final @Nullable Thread thread;

  final End end;

  /** Whether it takes a ticket only if that is granted at once. */
  boolean onlyIfFree;

  /**
   * Whether it stood in line, or held up those who do: it then waits on whatever the store does.
   */
  boolean stoodInLine;

  /** Its place among the lane's {@link Waiters}. */
  boolean queued;

  @Nullable Waiter ahead;
  @Nullable Waiter behind;

  /** Whether the outcome is decided; guarded by the name queue's lock. */
  boolean decided;

  Waiter(Wanted wanted, boolean onlyIfFree, long startNanos, @Nullable Thread thread, End end) {
    this.mode = wanted.mode();
    this.weight = wanted.weight();
    this.onlyIfFree = onlyIfFree;
    this.owner = wanted.label();
    this.maxHoldNanos = wanted.maxHoldNanos();
    this.biased = wanted.biased();
    this.startNanos = startNanos;
    this.thread = thread;
    this.end = end;
  }
}
