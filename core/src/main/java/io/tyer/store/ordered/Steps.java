package io.tyer.store.ordered;

import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests that take several calls to a medium, as futures: each call is a step, and the next one
 * is made by whichever thread brings the answer to the one before.
 */
final class Steps {

  private static final Logger LOG = LoggerFactory.getLogger(Steps.class);

  /** How many calls of one request are on their way at once. */
  private static final int AT_ONCE = 64;

  private Steps() {}

  /** One call to a medium. */
  static <T> CompletableFuture<T> ask(Consumer<Reply<T>> call) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      call.accept(
          new Reply<>() {
            @Override
            public void done(T value) {
              answer.complete(value);
            }

            @Override
            public void failed(StoreException failure) {
              answer.completeExceptionally(failure);
            }
          });
    } catch (RuntimeException e) {
      answer.completeExceptionally(e);
    }
    return answer;
  }

  /** A step of which the outcome is known. */
  static <T> CompletableFuture<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }

  static <T> CompletableFuture<T> failed(Kind kind, String message) {
    return CompletableFuture.failedFuture(new StoreException(kind, message));
  }

  /** What is done with the outcome of a step. */
  @FunctionalInterface
  interface Next<A, B> {
    CompletableFuture<B> step(A value) throws StoreException;
  }

  /** The step after another one. */
  static <A, B> CompletableFuture<B> then(CompletableFuture<A> step, Next<A, B> next) {
    return step.thenCompose(
        value -> {
          try {
            return next.step(value);
          } catch (StoreException e) {
            return CompletableFuture.failedFuture(e);
          }
        });
  }

  /** The same step for each of these, some at once; fails if one does. */
  static <I, O> CompletableFuture<List<O>> each(
      List<I> items, Function<I, CompletableFuture<O>> step) {
    return each(items, step, new ArrayList<>(items.size()));
  }

  private static <I, O> CompletableFuture<List<O>> each(
      List<I> items, Function<I, CompletableFuture<O>> step, List<O> outcomes) {
    while (outcomes.size() < items.size()) {
      int from = outcomes.size();
      List<CompletableFuture<O>> some =
          items.subList(from, Math.min(from + AT_ONCE, items.size())).stream().map(step).toList();
      CompletableFuture<Void> all =
          CompletableFuture.allOf(some.toArray(CompletableFuture<?>[]::new));
      if (!all.isDone() || all.isCompletedExceptionally()) {
        return all.thenCompose(
            over -> {
              some.forEach(outcome -> outcomes.add(outcome.join()));
              return each(items, step, outcomes);
            });
      }
      // Not by the way above: answers that come at once would pile up on the stack.
      some.forEach(outcome -> outcomes.add(outcome.join()));
    }
    return done(outcomes);
  }

  /** The step after another one that failed. */
  static <T> CompletableFuture<T> ifFailed(
      CompletableFuture<T> step, Function<StoreException, CompletableFuture<T>> next) {
    return step.exceptionallyCompose(failure -> next.apply(cause(failure)));
  }

  /** The failure of a request that has had an effect before it failed. */
  static StoreException afterAnEffect(StoreException failure) {
    return failure.kind() == Kind.SESSION_DEAD || failure.kind() == Kind.UNKNOWN
        ? failure
        : new StoreException(Kind.UNKNOWN, String.valueOf(failure.getMessage()), failure);
  }

  /** Brings the outcome to who asked. */
  static <T> void answer(CompletableFuture<T> outcome, Reply<T> reply) {
    CompletableFuture<T> unused =
        outcome.whenComplete(
            (value, failure) -> {
              try {
                if (failure == null) {
                  reply.done(value);
                } else {
                  reply.failed(cause(failure));
                }
              } catch (RuntimeException | Error e) {
                LOG.error("an answer could not be taken", e);
                throw e;
              }
            });
  }

  /** What a step failed with. */
  static StoreException cause(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof IllegalArgumentException) {
      // By Line: what was asked for can never be.
      return new StoreException(Kind.REFUSED, String.valueOf(cause.getMessage()), cause);
    }
    return cause instanceof StoreException known
        ? known
        : new StoreException(Kind.UNKNOWN, "the store failed inside: " + cause, cause);
  }
}
