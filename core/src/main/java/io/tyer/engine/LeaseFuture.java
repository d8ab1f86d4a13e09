package io.tyer.engine;

import io.tyer.Lease;
import io.tyer.OptionalLease;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A future whose stages pass a cancel on: a stage that is cancelled, or completed by somebody else,
 * before its function has begun would leave a lease to nobody. Its source is then cancelled in
 * turn; a lease that the source has got already, and that nobody has taken out of it, is given
 * back. Functions, {@code get} and {@code join} take it out; from then on it is theirs.
 */
class LeaseFuture<T> extends CompletableFuture<T> {

  private enum Holder {
    FUTURE,
    TAKER,
    NOBODY
  }

  private final @Nullable LeaseFuture<?> source;
  private final AtomicReference<Holder> holder = new AtomicReference<>(Holder.FUTURE);

  LeaseFuture() {
    this(null);
  }

  private LeaseFuture(@Nullable LeaseFuture<?> source) {
    this.source = source;
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new LeaseFuture<>(this);
  }

  /** Observes how a future ends without taking anything out of it. */
  static <T> void whenDone(CompletableFuture<T> future, Runnable action) {
    CompletableFuture<T> unused =
        future instanceof LeaseFuture<T> ours
            ? ours.observed(action)
            : future.whenComplete((value, failure) -> action.run());
  }

  private CompletableFuture<T> observed(Runnable action) {
    return super.whenComplete((value, failure) -> action.run());
  }

  // ---- ended by somebody else

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return endedEarly(super.cancel(mayInterruptIfRunning));
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    return endedEarly(super.completeExceptionally(failure));
  }

  @Override
  public boolean complete(T value) {
    return endedEarly(super.complete(value));
  }

  /** Stages complete by other ways where their functions do it. */
  private boolean endedEarly(boolean ended) {
    LeaseFuture<?> from = source;
    if (ended && from != null && !from.cancel(false)) {
      from.giveBack();
    }
    return ended;
  }

  private void giveBack() {
    if (isCompletedExceptionally() || !holder.compareAndSet(Holder.FUTURE, Holder.NOBODY)) {
      return;
    }
    Object value = super.getNow(null);
    if (value instanceof Lease lease) {
      lease.closeAsync();
    } else if (value instanceof OptionalLease lease) {
      lease.ifPresent(Lease::closeAsync);
    }
  }

  // ---- taken out

  /** False if it has been given back. */
  private boolean take() {
    return holder.compareAndSet(Holder.FUTURE, Holder.TAKER) || holder.get() == Holder.TAKER;
  }

  private <V extends @Nullable Object> V taken(V value) {
    if (!take()) {
      throw givenBack();
    }
    return value;
  }

  private static CancellationException givenBack() {
    return new CancellationException("another stage was cancelled, and the lease given back");
  }

  @Override
  public T get() throws InterruptedException, ExecutionException {
    return taken(super.get());
  }

  @Override
  public T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    return taken(super.get(timeout, unit));
  }

  @Override
  public T join() {
    return taken(super.join());
  }

  @Override
  public T getNow(T absent) {
    return isDone() ? taken(super.getNow(absent)) : absent;
  }

  private <U> Function<T, U> taking(Function<? super T, ? extends U> function) {
    return value -> function.apply(taken(value));
  }

  private Consumer<T> taking(Consumer<? super T> action) {
    return value -> action.accept(taken(value));
  }

  private <U, V> BiFunction<T, U, V> taking(
      BiFunction<? super T, ? super U, ? extends V> function) {
    return (value, other) -> function.apply(taken(value), other);
  }

  private <U> BiConsumer<T, U> taking(BiConsumer<? super T, ? super U> action) {
    return (value, other) -> action.accept(taken(value), other);
  }

  /** Handlers are called whatever happened. */
  @SuppressWarnings("NullAway") // one of both is null, as the JDK has it
  private <U> BiFunction<T, Throwable, U> handling(
      BiFunction<? super T, Throwable, ? extends U> function) {
    return (value, failure) ->
        failure == null && !take()
            ? function.apply(null, givenBack())
            : function.apply(value, failure);
  }

  @SuppressWarnings("NullAway") // one of both is null, as the JDK has it
  private BiConsumer<T, Throwable> handling(BiConsumer<? super T, ? super Throwable> action) {
    return (value, failure) -> {
      if (failure == null && !take()) {
        action.accept(null, givenBack());
      } else {
        action.accept(value, failure);
      }
    };
  }

  // ---- what takes out, as the JDK has it
  @Override
  public <U> CompletableFuture<U> thenApply(Function<? super T, ? extends U> function) {
    return super.thenApply(taking(function));
  }

  @Override
  public <U> CompletableFuture<U> thenApplyAsync(Function<? super T, ? extends U> function) {
    return super.thenApplyAsync(taking(function));
  }

  @Override
  public <U> CompletableFuture<U> thenApplyAsync(
      Function<? super T, ? extends U> function, Executor executor) {
    return super.thenApplyAsync(taking(function), executor);
  }

  @Override
  public CompletableFuture<Void> thenAccept(Consumer<? super T> function) {
    return super.thenAccept(taking(function));
  }

  @Override
  public CompletableFuture<Void> thenAcceptAsync(Consumer<? super T> function) {
    return super.thenAcceptAsync(taking(function));
  }

  @Override
  public CompletableFuture<Void> thenAcceptAsync(Consumer<? super T> function, Executor executor) {
    return super.thenAcceptAsync(taking(function), executor);
  }

  @Override
  public <U> CompletableFuture<U> thenCompose(
      Function<? super T, ? extends CompletionStage<U>> function) {
    return super.thenCompose(taking(function));
  }

  @Override
  public <U> CompletableFuture<U> thenComposeAsync(
      Function<? super T, ? extends CompletionStage<U>> function) {
    return super.thenComposeAsync(taking(function));
  }

  @Override
  public <U> CompletableFuture<U> thenComposeAsync(
      Function<? super T, ? extends CompletionStage<U>> function, Executor executor) {
    return super.thenComposeAsync(taking(function), executor);
  }

  @Override
  public <U> CompletableFuture<U> handle(BiFunction<? super T, Throwable, ? extends U> function) {
    return super.handle(handling(function));
  }

  @Override
  public <U> CompletableFuture<U> handleAsync(
      BiFunction<? super T, Throwable, ? extends U> function) {
    return super.handleAsync(handling(function));
  }

  @Override
  public <U> CompletableFuture<U> handleAsync(
      BiFunction<? super T, Throwable, ? extends U> function, Executor executor) {
    return super.handleAsync(handling(function), executor);
  }

  @Override
  public CompletableFuture<T> whenComplete(BiConsumer<? super T, ? super Throwable> function) {
    return super.whenComplete(handling(function));
  }

  @Override
  public CompletableFuture<T> whenCompleteAsync(BiConsumer<? super T, ? super Throwable> function) {
    return super.whenCompleteAsync(handling(function));
  }

  @Override
  public CompletableFuture<T> whenCompleteAsync(
      BiConsumer<? super T, ? super Throwable> function, Executor executor) {
    return super.whenCompleteAsync(handling(function), executor);
  }

  @Override
  public <U, V> CompletableFuture<V> thenCombine(
      CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> function) {
    return super.thenCombine(other, taking(function));
  }

  @Override
  public <U, V> CompletableFuture<V> thenCombineAsync(
      CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> function) {
    return super.thenCombineAsync(other, taking(function));
  }

  @Override
  public <U, V> CompletableFuture<V> thenCombineAsync(
      CompletionStage<? extends U> other,
      BiFunction<? super T, ? super U, ? extends V> function,
      Executor executor) {
    return super.thenCombineAsync(other, taking(function), executor);
  }

  @Override
  public <U> CompletableFuture<Void> thenAcceptBoth(
      CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> function) {
    return super.thenAcceptBoth(other, taking(function));
  }

  @Override
  public <U> CompletableFuture<Void> thenAcceptBothAsync(
      CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> function) {
    return super.thenAcceptBothAsync(other, taking(function));
  }

  @Override
  public <U> CompletableFuture<Void> thenAcceptBothAsync(
      CompletionStage<? extends U> other,
      BiConsumer<? super T, ? super U> function,
      Executor executor) {
    return super.thenAcceptBothAsync(other, taking(function), executor);
  }

  @Override
  public <U> CompletableFuture<U> applyToEither(
      CompletionStage<? extends T> other, Function<? super T, U> function) {
    return super.applyToEither(other, taking(function));
  }

  @Override
  public <U> CompletableFuture<U> applyToEitherAsync(
      CompletionStage<? extends T> other, Function<? super T, U> function) {
    return super.applyToEitherAsync(other, taking(function));
  }

  @Override
  public <U> CompletableFuture<U> applyToEitherAsync(
      CompletionStage<? extends T> other, Function<? super T, U> function, Executor executor) {
    return super.applyToEitherAsync(other, taking(function), executor);
  }

  @Override
  public CompletableFuture<Void> acceptEither(
      CompletionStage<? extends T> other, Consumer<? super T> function) {
    return super.acceptEither(other, taking(function));
  }

  @Override
  public CompletableFuture<Void> acceptEitherAsync(
      CompletionStage<? extends T> other, Consumer<? super T> function) {
    return super.acceptEitherAsync(other, taking(function));
  }

  @Override
  public CompletableFuture<Void> acceptEitherAsync(
      CompletionStage<? extends T> other, Consumer<? super T> function, Executor executor) {
    return super.acceptEitherAsync(other, taking(function), executor);
  }
}
