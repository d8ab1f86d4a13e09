package io.tyer.engine;

import io.tyer.LossCause;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Whether a lease is open, or how it ended; decided once. */
final class LeaseState {

  /**
   * Neither closed nor lost: who is to be told of the loss, and what the lease is bound to. {@link
   * #state} is how it ended afterwards: CLOSED, or a loss's cause.
   *
   * @param before what was added before
   */
  record Open(
      @Nullable Consumer<LossCause> listener,
      @Nullable CompletableFuture<?> bound,
      @Nullable Open before) {}

  private static final Object OPEN = new Open(null, null, null);
  private static final Object CLOSED = "closed";

  private static final AtomicReferenceFieldUpdater<LeaseState, Object> STATE =
      AtomicReferenceFieldUpdater.newUpdater(LeaseState.class, Object.class, "state");

  @SuppressWarnings("FieldCanBeFinal") // STATE writes it.
  private volatile Object state = OPEN;

  boolean open() {
    return state instanceof Open;
  }

  boolean closed() {
    return CLOSED.equals(state);
  }

  @Nullable LossCause cause() {
    return state instanceof LossCause cause ? cause : null;
  }

  /** Whether it is open: then it is added. */
  boolean add(@Nullable Consumer<LossCause> listener, @Nullable CompletableFuture<?> bound) {
    while (state instanceof Open before) {
      if (STATE.compareAndSet(this, before, new Open(listener, bound, before))) {
        return true;
      }
    }
    return false;
  }

  /** What it was before; null if it has ended before. */
  @Nullable Open lose(LossCause cause) {
    return end(cause);
  }

  /** What it was before; null if it has ended before. */
  @Nullable Open close() {
    return end(CLOSED);
  }

  private @Nullable Open end(Object how) {
    while (state instanceof Open open) {
      if (STATE.compareAndSet(this, open, how)) {
        return open;
      }
    }
    return null;
  }
}
