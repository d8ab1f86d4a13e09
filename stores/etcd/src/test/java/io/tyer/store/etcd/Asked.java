package io.tyer.store.etcd;

import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Answers that a test waits for. */
final class Asked {

  private static final long LIMIT_SECONDS = 60;

  private Asked() {}

  /** What was answered. */
  static <T> T answer(Consumer<Reply<T>> request) throws Exception {
    return get(begin(request));
  }

  /** How it has failed. */
  static StoreException failure(Consumer<Reply<Object>> request) throws Exception {
    try {
      throw new AssertionError("it was answered with " + answer(request));
    } catch (StoreException e) {
      return e;
    }
  }

  static <T> CompletableFuture<T> begin(Consumer<Reply<T>> request) {
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

  static <T> T get(CompletableFuture<T> future) throws Exception {
    try {
      return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException failure) {
        throw failure;
      }
      throw e;
    }
  }
}
