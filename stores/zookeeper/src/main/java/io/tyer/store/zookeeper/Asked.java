package io.tyer.store.zookeeper;

import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A reply for which a diagnosis waits, whose thread may. */
final class Asked<T> implements Reply<T> {

  private final CompletableFuture<T> answer = new CompletableFuture<>();

  @Override
  public void done(T value) {
    answer.complete(value);
  }

  @Override
  public void failed(StoreException failure) {
    answer.completeExceptionally(failure);
  }

  /** Waits for it. */
  @SuppressWarnings("UnusedException") // What it was stands in the message.
  T await(Failures failures, Duration limit) throws StoreException {
    try {
      return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException failure) {
        throw failure;
      }
      throw failures.unreachable(String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      throw failures.unreachable("no answer within " + limit.toMillis() + " ms");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failures.unreachable("interrupted");
    }
  }
}
