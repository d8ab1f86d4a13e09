package io.tyer.engine;

import io.tyer.spi.Cancellable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The longest time for which a lease is held: it comes to its end, or is put off before; whichever
 * is first decides. One timer in all, which finds out when it rings how long it still has.
 */
final class MaxHold {

  /** Until when, by the monotonic clock. */
  private record Until(long nanos) {}

  private final StorePort port;
  private final Consumer<Chain> atEnd;

  /** Null before it begins, and once it is over or cancelled. */
  private final AtomicReference<@Nullable Until> until = new AtomicReference<>();

  private volatile @Nullable Cancellable timer;

  /**
   * Not begun yet.
   *
   * @param atEnd told once, unless it is cancelled before
   */
  MaxHold(StorePort port, Consumer<Chain> atEnd) {
    this.port = port;
    this.atEnd = atEnd;
  }

  void begin(long nanos) {
    until.set(new Until(port.now() + nanos));
    ringIn(nanos);
  }

  /**
   * It comes to its end so long from now at the earliest; never before it would have otherwise.
   *
   * @return false if it has come to its end, or was cancelled
   */
  boolean extend(long nanos) {
    Until next = new Until(port.now() + nanos);
    while (true) {
      Until known = until.get();
      if (known == null) {
        return false;
      }
      if (next.nanos - known.nanos <= 0 || until.compareAndSet(known, next)) {
        return true;
      }
    }
  }

  void cancel() {
    until.set(null);
    Cancellable set = timer;
    if (set != null) {
      set.cancel();
    }
  }

  private void ringIn(long nanos) {
    timer = port.later(nanos, this::ring);
    if (until.get() == null) {
      cancel(); // While the timer was being set.
    }
  }

  private void ring(Chain chain) {
    while (true) {
      Until known = until.get();
      if (known == null) {
        return;
      }
      long rest = known.nanos - port.now();
      if (rest > 0) {
        ringIn(rest);
        return;
      }
      if (until.compareAndSet(known, null)) {
        atEnd.accept(chain);
        return;
      }
    }
  }
}
