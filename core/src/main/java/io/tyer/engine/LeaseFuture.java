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

  /** What the function of this stage has made, which may be a lease that it passes on. */
  private volatile @Nullable Made<?> made;

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
    Made<?> passedOn = made;
    if (ended && passedOn != null) {
      close(passedOn.value);
    }
    return ended;
  }

  /**
   * What a function passes on to its stage. Whichever comes second, that it was made or that the
   * stage was ended by somebody else, sees the other, and closes a lease that nobody will get.
   */
  private static final class Made<U> {
    volatile @Nullable Object value;
    private volatile @Nullable LeaseFuture<?> stage;

    U by(U made) {
      value = made;
      LeaseFuture<?> to = stage;
      if (to != null && to.isDone()) {
        close(made);
      }
      return made;
    }

    CompletableFuture<U> in(CompletableFuture<U> future) {
      if (future instanceof LeaseFuture<?> ours) {
        stage = ours;
        ours.made = this;
      }
      return future;
    }
  }

  private void giveBack() {
    if (isCompletedExceptionally() || !holder.compareAndSet(Holder.FUTURE, Holder.NOBODY)) {
      return;
    }
    close(super.getNow(null));
  }

  private static void close(@Nullable Object value) {
    if (value instanceof Lease lease) {
      var unused = lease.closeAsync();
    } else if (value instanceof OptionalLease lease && lease.isPresent()) {
      var unused = lease.get().closeAsync();
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

  private <U> Function<T, U> taking(Function<? super T, ? extends U> function, Made<U> made) {
    return value -> made.by(function.apply(taken(value)));
  }

  private Consumer<T> acting(Consumer<? super T> action) {
    return value -> action.accept(taken(value));
  }

  private <U, V> BiFunction<T, U, V> taking(
      BiFunction<? super T, ? super U, ? extends V> function, Made<V> made) {
    return (value, other) -> made.by(function.apply(taken(value), other));
  }

  private <U> BiConsumer<T, U> acting(BiConsumer<? super T, ? super U> action) {
    return (value, other) -> action.accept(taken(value), other);
  }

  /** Handlers are called whatever happened. */
  @SuppressWarnings("NullAway") // one of both is null, as the JDK has it
  private <U> BiFunction<T, Throwable, U> handling(
      BiFunction<? super T, Throwable, ? extends U> function, Made<U> made) {
    return (value, failure) ->
        made.by(
            failure == null && !take()
                ? function.apply(null, givenBack())
                : function.apply(value, failure));
  }

  @SuppressWarnings("NullAway") // one of both is null, as the JDK has it
  private BiConsumer<T, Throwable> watching(
      BiConsumer<? super T, ? super Throwable> action, Made<T> made) {
    return (value, failure) -> {
      if (failure == null && !take()) {
        action.accept(null, givenBack());
      } else {
        action.accept(value, failure);
        made.by(value);
      }
    };
  }

  // ---- what takes out, as the JDK has it
  @Override
  public <U> CompletableFuture<U> thenApply(Function<? super T, ? extends U> function) {
    Made<U> made = new Made<>();
    return made.in(super.thenApply(taking(function, made)));
  }

  @Override
  public <U> CompletableFuture<U> thenApplyAsync(Function<? super T, ? extends U> function) {
    Made<U> made = new Made<>();
    return made.in(super.thenApplyAsync(taking(function, made)));
  }

  @Override
  public <U> CompletableFuture<U> thenApplyAsync(
      Function<? super T, ? extends U> function, Executor executor) {
    Made<U> made = new Made<>();
    return made.in(super.thenApplyAsync(taking(function, made), executor));
  }

  @Override
  public CompletableFuture<Void> thenAccept(Consumer<? super T> function) {
    return super.thenAccept(acting(function));
  }

  @Override
  public CompletableFuture<Void> thenAcceptAsync(Consumer<? super T> function) {
    return super.thenAcceptAsync(acting(function));
  }

  @Override
  public CompletableFuture<Void> thenAcceptAsync(Consumer<? super T> function, Executor executor) {
    return super.thenAcceptAsync(acting(function), executor);
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
    Made<U> made = new Made<>();
    return made.in(super.handle(handling(function, made)));
  }

  @Override
  public <U> CompletableFuture<U> handleAsync(
      BiFunction<? super T, Throwable, ? extends U> function) {
    Made<U> made = new Made<>();
    return made.in(super.handleAsync(handling(function, made)));
  }

  @Override
  public <U> CompletableFuture<U> handleAsync(
      BiFunction<? super T, Throwable, ? extends U> function, Executor executor) {
    Made<U> made = new Made<>();
    return made.in(super.handleAsync(handling(function, made), executor));
  }

  @Override
  public CompletableFuture<T> whenComplete(BiConsumer<? super T, ? super Throwable> function) {
    Made<T> made = new Made<>();
    return made.in(super.whenComplete(watching(function, made)));
  }

  @Override
  public CompletableFuture<T> whenCompleteAsync(BiConsumer<? super T, ? super Throwable> function) {
    Made<T> made = new Made<>();
    return made.in(super.whenCompleteAsync(watching(function, made)));
  }

  @Override
  public CompletableFuture<T> whenCompleteAsync(
      BiConsumer<? super T, ? super Throwable> function, Executor executor) {
    Made<T> made = new Made<>();
    return made.in(super.whenCompleteAsync(watching(function, made), executor));
  }

  @Override
  public <U, V> CompletableFuture<V> thenCombine(
      CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> function) {
    Made<V> made = new Made<>();
    return made.in(super.thenCombine(other, taking(function, made)));
  }

  @Override
  public <U, V> CompletableFuture<V> thenCombineAsync(
      CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> function) {
    Made<V> made = new Made<>();
    return made.in(super.thenCombineAsync(other, taking(function, made)));
  }

  @Override
  public <U, V> CompletableFuture<V> thenCombineAsync(
      CompletionStage<? extends U> other,
      BiFunction<? super T, ? super U, ? extends V> function,
      Executor executor) {
    Made<V> made = new Made<>();
    return made.in(super.thenCombineAsync(other, taking(function, made), executor));
  }

  @Override
  public <U> CompletableFuture<Void> thenAcceptBoth(
      CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> function) {
    return super.thenAcceptBoth(other, acting(function));
  }

  @Override
  public <U> CompletableFuture<Void> thenAcceptBothAsync(
      CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> function) {
    return super.thenAcceptBothAsync(other, acting(function));
  }

  @Override
  public <U> CompletableFuture<Void> thenAcceptBothAsync(
      CompletionStage<? extends U> other,
      BiConsumer<? super T, ? super U> function,
      Executor executor) {
    return super.thenAcceptBothAsync(other, acting(function), executor);
  }

  @Override
  public <U> CompletableFuture<U> applyToEither(
      CompletionStage<? extends T> other, Function<? super T, U> function) {
    Made<U> made = new Made<>();
    return made.in(super.applyToEither(other, taking(function, made)));
  }

  @Override
  public <U> CompletableFuture<U> applyToEitherAsync(
      CompletionStage<? extends T> other, Function<? super T, U> function) {
    Made<U> made = new Made<>();
    return made.in(super.applyToEitherAsync(other, taking(function, made)));
  }

  @Override
  public <U> CompletableFuture<U> applyToEitherAsync(
      CompletionStage<? extends T> other, Function<? super T, U> function, Executor executor) {
    Made<U> made = new Made<>();
    return made.in(super.applyToEitherAsync(other, taking(function, made), executor));
  }

  @Override
  public CompletableFuture<Void> acceptEither(
      CompletionStage<? extends T> other, Consumer<? super T> function) {
    return super.acceptEither(other, acting(function));
  }

  @Override
  public CompletableFuture<Void> acceptEitherAsync(
      CompletionStage<? extends T> other, Consumer<? super T> function) {
    return super.acceptEitherAsync(other, acting(function));
  }

  @Override
  public CompletableFuture<Void> acceptEitherAsync(
      CompletionStage<? extends T> other, Consumer<? super T> function, Executor executor) {
    return super.acceptEitherAsync(other, acting(function), executor);
  }
}
