package io.tyer.engine;

import org.jspecify.annotations.Nullable;

/** A local caller that wants a lease. */
final class Waiter {

  /** Told once, outside all locks, how it ended. */
  interface End {
    /** What the caller will hold has been granted by a ticket of this session. */
    void granted(LiveSession session);

    /** Refused as a try, or not granted in time. */
    void busy();

    /** Withdrawn by the caller. */
    void cancelled();

    void failed(RuntimeException failure);
  }

  /** Changes at most once, before it waits for anything. */
  Mode mode;

  final int weight;
  final String owner;
  final long startNanos;

  /** Whether its ticket may be kept after the last local release. */
  final boolean biased;

  /** What it holds once it is granted. */
  final Holding holding;

  /** Whom to tell; no rule looks at it. */
  final End end;

  /** Whether it takes a ticket only if that is granted at once. */
  boolean onlyIfFree;

  /**
   * Whether it stood in line, or held up those who do: it then waits on whatever the store does.
   */
  boolean stoodInLine;

  /**
   * How many tickets of this name had been asked for when it came. A try is served by none of them.
   */
  long askedBefore;

  /** Its place in the {@link WaitQueue}. */
  boolean queued;

  @Nullable Waiter ahead;
  @Nullable Waiter behind;

  /** Whether the outcome is decided. */
  boolean decided;

  Waiter(Wanted wanted, boolean onlyIfFree, long startNanos, Holding holding, End end) {
    this.mode = wanted.mode();
    this.weight = wanted.weight();
    this.onlyIfFree = onlyIfFree;
    this.owner = wanted.label();
    this.biased = wanted.biased() && wanted.mode().exclusive();
    this.startNanos = startNanos;
    this.holding = holding;
    this.end = end;
  }
}
