package io.tyer.testkit.contract;

import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import io.tyer.testkit.host.Await;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Requests to a store without an engine, whose answers a test waits for. */
public final class Asked {

  private Asked() {}

  /** What was answered, in good time. */
  public static <T> T answer(Consumer<Reply<T>> request) throws Exception {
    return get(begin(request));
  }

  /** How it has failed. */
  public static StoreException failure(Consumer<Reply<Object>> request) throws Exception {
    try {
      throw new AssertionError("it was answered with " + answer(request));
    } catch (StoreException e) {
      return e;
    }
  }

  /** What completes with the answer, to which there may be one only. */
  public static <T> CompletableFuture<T> begin(Consumer<Reply<T>> request) {
    CompletableFuture<T> future = new CompletableFuture<>();
    request.accept(
        new Reply<>() {
          @Override
          public void done(T value) {
            once(future.complete(value));
          }

          @Override
          public void failed(StoreException failure) {
            once(future.completeExceptionally(failure));
          }
        });
    return future;
  }

  private static void once(boolean first) {
    if (!first) {
      throw new AssertionError("it was answered twice");
    }
  }

  /** Waits for an answer; the cause where it has failed. */
  public static <T> T get(CompletableFuture<T> answer) throws Exception {
    try {
      return answer.get(Await.LONG.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException failure) {
        throw failure;
      }
      throw e;
    }
  }
}
