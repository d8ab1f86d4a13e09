package io.tyer.testkit.contract;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** How calls ended, and when. */
final class Outcomes {

  /** How much later than it should something may come because the machine is slow. */
  static final Duration SLACK = Duration.ofSeconds(10);

  private Outcomes() {}

  /** What the call failed with, once it has; it must not succeed. */
  static Throwable failure(CompletableFuture<?> call) throws Exception {
    Object value;
    try {
      value = ContractTest.get(call);
    } catch (ExecutionException e) {
      return cause(e);
    }
    throw new AssertionError("should have failed, and ended with " + value);
  }

  private static Throwable cause(Throwable failure) {
    @Nullable Throwable cause = failure.getCause();
    return cause instanceof CompletionException ? cause(cause) : cause == null ? failure : cause;
  }

  /** How long ago that was, by {@link System#nanoTime}. */
  static Duration since(long startNanos) {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }
}
