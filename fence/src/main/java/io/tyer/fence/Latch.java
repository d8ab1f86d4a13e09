package io.tyer.fence;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A latch that many processes share: it is set to a count, each {@link #countDown} takes one off,
 * and who waits goes on when nothing is left. The count is a {@link Versioned} value, wherever that
 * is kept; it belongs to no session, so that what a process has counted down stays so when the
 * process ends.
 *
 * <pre>{@code
 * Latch ready = new Latch(new JdbcVersioned<>(dataSource, "import/ready", Codec.text()));
 * ready.set(3);                                  // by one of them
 * ready.countDown();                             // by each of three workers
 * boolean all = ready.await(Duration.ofMinutes(5));
 * }</pre>
 *
 * <p>A latch that nobody has set yet is closed: who waits at it waits until it is set and has come
 * to nothing. (With {@link java.util.concurrent.CountDownLatch} the count is there before the
 * latch; a worker of another machine may be earlier than who sets it.)
 *
 * <p>Safe for use by many threads and processes. All calls throw as {@link Versioned} says; those
 * that write also {@link UpdateConflictException} if others were faster thirty times, and then
 * nothing was done. After {@link io.tyer.OutcomeUnknownException} a count may have been taken off
 * or not: {@link #count} tells the state, not who brought it about.
 */
@CheckReturnValue
public final class Latch {

  private final Versioned<String> value;

  /**
   * Of a value that is used for nothing else.
   *
   * @param value a text: the count in decimal digits
   */
  public Latch(Versioned<String> value) {
    this.value = value;
  }

  /**
   * Sets a latch that is new, or that has come to nothing.
   *
   * @param count how often it must be counted down, at least 1
   * @return false if it is set and has not come to nothing; then nothing was done
   * @throws IllegalArgumentException if the count is less than 1
   */
  public boolean set(long count) throws InterruptedException {
    if (count < 1) {
      throw new IllegalArgumentException("a latch is set to 1 or more, not to " + count);
    }
    while (true) {
      Optional<Versioned.Entry<String>> now = value.read();
      if (now.isEmpty()) {
        if (value.create(Long.toString(count)).isPresent()) {
          return true;
        }
      } else if (counted(now.get().value()) > 0) {
        return false;
      } else if (value.replace(now.get().version(), Long.toString(count)).isPresent()) {
        return true;
      }
    }
  }

  /**
   * Takes one off; without effect where nothing is left.
   *
   * @return how many are left
   * @throws IllegalStateException if nobody has set it
   */
  @CanIgnoreReturnValue
  public long countDown() throws InterruptedException {
    return counted(
        value
            .update(
                now -> {
                  if (now.isEmpty()) {
                    throw new IllegalStateException(
                        "latch " + value.resource() + " is not set: set(count) comes first");
                  }
                  return Long.toString(Math.max(0, counted(now.get()) - 1));
                })
            .value());
  }

  /** How many are left; empty if nobody has set it. */
  public OptionalLong count() throws InterruptedException {
    Optional<String> now = value.read().map(Versioned.Entry::value);
    return now.isEmpty() ? OptionalLong.empty() : OptionalLong.of(counted(now.get()));
  }

  /**
   * Waits until it has come to nothing.
   *
   * @param wait how long at most; if that is not positive, it is looked at once
   * @return false if the time has passed
   * @throws InterruptedException if interrupted before or while waiting
   */
  public boolean await(Duration wait) throws InterruptedException {
    return value.awaitUntil(now -> now.isPresent() && counted(now.get()) == 0, wait);
  }

  private long counted(String text) {
    try {
      long count = Long.parseLong(text);
      if (count >= 0) {
        return count;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new IllegalStateException(
        value.resource() + " holds no latch's count; choose another value for the latch");
  }

  @Override
  public String toString() {
    return "latch " + value.resource();
  }
}
