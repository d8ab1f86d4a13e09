package io.tyer.fence;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import io.tyer.Retry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * A value that is changed without a lock: read it with its version, compute what it should become,
 * and write that only if the version still stands. For changes that are short and seldom meet; who
 * loses computes again.
 *
 * <pre>{@code
 * Versioned<String> stock = new JdbcVersioned<>(dataSource, "stock/42", Codec.text());
 * stock.update(now -> String.valueOf(now.map(Integer::parseInt).orElse(0) - 1));
 * }</pre>
 *
 * <p>Each successful write has a {@link Version} of its own that never comes back, also after the
 * value was removed and created again: a write that expects an older state is refused whatever
 * happened since.
 *
 * <p>Safe for use by many threads, and any number of objects and processes may concern one
 * resource. No call holds anything back between a read and a write, so no paused or dead process
 * keeps others waiting. A successful write is one atomic step where the value is kept. All calls
 * throw
 *
 * <ul>
 *   <li>{@link io.tyer.StoreUnreachableException} if nothing was done, since where the value is
 *       kept could not be reached or was too busy; trying again later is safe;
 *   <li>{@link io.tyer.StoreRefusedException} if nothing was done, and will not be until something
 *       is mended; the message says what;
 *   <li>{@link InterruptedException} if nothing was done, since the thread was interrupted;
 * </ul>
 *
 * and those that write
 *
 * <ul>
 *   <li>{@link io.tyer.OutcomeUnknownException} if the value may have been written or not, or may
 *       yet be for a moment, and reading it again did not tell; if the thread was interrupted
 *       meanwhile, its flag is set.
 * </ul>
 *
 * @param <T> what the value is
 */
@CheckReturnValue
public interface Versioned<T> {

  /** Up to 30 tries, with pauses from at most 2 ms up to at most 250 ms: some 3 s in all. */
  Retry USUAL_RETRY = new Retry(30, Duration.ofMillis(2), Duration.ofMillis(250), 1);

  /**
   * A value and its version.
   *
   * @param <T> what the value is
   */
  record Entry<T>(T value, Version version) {}

  /**
   * Computes what a value should become.
   *
   * @param <T> what the value is
   * @param <E> what it may throw, to have nothing written
   */
  @FunctionalInterface
  interface Change<T, E extends Exception> {

    /**
     * May be called several times, with a newer value each time: it should do nothing but compute.
     *
     * @param current empty if there is no value
     */
    T apply(Optional<T> current) throws E;
  }

  /** What the value is called in messages. */
  String resource();

  /** The value and its version; empty if there is none. */
  Optional<Entry<T>> read() throws InterruptedException;

  /**
   * Writes a value where there is none.
   *
   * @return its version; empty if there was a value, and nothing was done
   */
  Optional<Version> create(T value) throws InterruptedException;

  /**
   * Writes a value if the expected version still stands.
   *
   * @return the new version; empty if another one stands or there is no value, and nothing was done
   */
  Optional<Version> replace(Version expected, T value) throws InterruptedException;

  /**
   * Removes the value if the expected version still stands. An unknown outcome is told at once.
   *
   * @return false if another one stands or there is no value, and nothing was done
   */
  boolean remove(Version expected) throws InterruptedException;

  /**
   * Reads, computes and writes, again if somebody else wrote meanwhile, with {@link #USUAL_RETRY}.
   *
   * @see #update(Retry, Change)
   */
  @CanIgnoreReturnValue
  default <E extends Exception> Entry<T> update(Change<T, E> change)
      throws E, InterruptedException {
    return update(USUAL_RETRY, change);
  }

  /**
   * Reads, computes and writes; if somebody else wrote meanwhile, pauses and begins again. The
   * change is in effect once when this returns, and not at all if it throws anything but {@link
   * io.tyer.OutcomeUnknownException}. After an unknown outcome it is not computed again: it is
   * found out whether it was written, by its version and that of its successor, or the outcome is
   * reported as unknown.
   *
   * @param retry how often to try, and the pauses; an interrupt ends a pause
   * @return what was written
   * @throws UpdateConflictException if somebody else was faster every time
   * @throws E as the change does; then nothing was written
   */
  @CanIgnoreReturnValue
  <E extends Exception> Entry<T> update(Retry retry, Change<T, E> change)
      throws E, InterruptedException;

  /**
   * Waits until the value is as wanted. Where the value is kept in this process or in a file, who
   * waits is told of changes; elsewhere it looks again after pauses of up to a quarter of a second.
   * A state that lasts for a moment only may be missed.
   *
   * @param condition of the value; empty if there is none. May be called any number of times
   * @param wait how long at most; if that is not positive, the value is read once
   * @return false if the time has passed
   */
  boolean awaitUntil(Predicate<? super Optional<T>> condition, Duration wait)
      throws InterruptedException;

  /**
   * Completes when this version does not stand any more: another one does, or there is no value.
   * For what is done on the strength of a version, such as a lease that is to end with it:
   *
   * <pre>{@code
   * Entry<String> plan = plans.read().orElseThrow();
   * try (Lease lease = tyer.lock("plan/7").acquire().boundTo(plans.whenMovedOn(plan.version()))) {
   *   carryOut(plan.value());                  // lost with LossCause.MOVED_ON if the plan is changed
   * }
   * }</pre>
   *
   * <p>It is told as {@link #awaitUntil} is, and thus after the change, by up to a quarter of a
   * second where nothing tells of changes; a write that must not come after the change expects the
   * version. While the value cannot be reached nothing is told, and it is looked at again and
   * again. The future completes exceptionally with {@link io.tyer.StoreRefusedException}, or what
   * else reading throws, since then nobody watches any more.
   *
   * <p>A daemon thread watches until the future completes or is cancelled, and completes it: give
   * dependent stages that take long an executor.
   */
  CompletableFuture<Void> whenMovedOn(Version version);
}
