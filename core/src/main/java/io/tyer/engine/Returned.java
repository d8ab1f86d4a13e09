package io.tyer.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Whether what was given back has left the store; somebody may wait for it. */
final class Returned extends AtomicReference<@Nullable CompletableFuture<Void>> {

  private static final long serialVersionUID = 1L;

  private static final CompletableFuture<Void> LEFT = CompletableFuture.completedFuture(null);

  /** Completes when it has; null if it has, or need not. */
  @Nullable CompletableFuture<Void> whenLeft() {
    CompletableFuture<Void> known = get();
    if (known == null) {
      CompletableFuture<Void> asked = new CompletableFuture<>();
      known = compareAndSet(null, asked) ? asked : get();
    }
    return known == LEFT ? null : known;
  }

  void left() {
    CompletableFuture<Void> asked = getAndSet(LEFT);
    if (asked != null) {
      asked.complete(null);
    }
  }
}
