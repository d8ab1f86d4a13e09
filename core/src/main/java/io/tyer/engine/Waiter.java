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
  final boolean onlyIfFree;
  final String owner;

  /** 0 for no maximum. */
  final long maxHoldNanos;

  final long startNanos;

  /** The thread that blocks, if one does. */
  final @Nullable Thread thread;

  final End end;

  /**
   * Whether it stood in line, or held up those who do: it then waits on whatever the store does.
   */
  boolean stoodInLine;

  /** Whether the outcome is decided; guarded by the name queue's lock. */
  boolean decided;

  Waiter(
      Mode mode,
      int weight,
      boolean onlyIfFree,
      String owner,
      long maxHoldNanos,
      long startNanos,
      @Nullable Thread thread,
      End end) {
    this.mode = mode;
    this.weight = weight;
    this.onlyIfFree = onlyIfFree;
    this.owner = owner;
    this.maxHoldNanos = maxHoldNanos;
    this.startNanos = startNanos;
    this.thread = thread;
    this.end = end;
  }
}
