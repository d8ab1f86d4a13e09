package io.tyer.fence;

import io.tyer.Lease;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A resource of this process, and the largest token seen of it. What is remembered ends with this
 * object: where a resource outlives it, start with {@link #Fence(String, long)}.
 *
 * <p>Safe for use by many threads. Waits only for another thread's {@link #call} on the same fence,
 * uninterruptibly, as a plain lock does.
 */
public final class Fence {

  /** What is done under a token. */
  @FunctionalInterface
  public interface Action<R extends @Nullable Object, E extends Exception> {

    /** Does it. */
    R run() throws E;
  }

  /** What is done under a token, without a result. */
  @FunctionalInterface
  public interface Task<E extends Exception> {

    /** Does it. */
    void run() throws E;
  }

  private final String resource;
  private final ReentrantLock lock = new ReentrantLock();
  private long newest;

  /** Has seen no token yet. */
  public Fence(String resource) {
    this.resource = resource;
  }

  /**
   * Goes on from what was seen before.
   *
   * @param newest the largest token seen, as {@link #newest} told it
   * @throws IllegalArgumentException if it is no token
   */
  public Fence(String resource, long newest) {
    this.resource = resource;
    this.newest = Checked.token(newest);
  }

  /**
   * Does something under a token, and nothing else through this fence meanwhile: what a smaller
   * token began is over before a larger one is taken, and refused after that. If the action throws,
   * the token counts as seen. What it only starts, to go on in another thread, is not protected. It
   * may use this fence under the same token.
   *
   * @throws IllegalStateException if an action of this fence lets a larger token in
   * @throws StaleTokenException if a larger token has been seen; then nothing was done
   * @throws IllegalArgumentException if it is no token
   * @throws E as the action does
   */
  public <R extends @Nullable Object, E extends Exception> R call(long token, Action<R, E> action)
      throws E {
    Checked.token(token);
    lock.lock();
    try {
      see(token);
      return action.run();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The same, under the token of a lease.
   *
   * @throws io.tyer.LeaseLostException if it is known to be lost; then nothing was done
   * @throws io.tyer.OutcomeUnknownException if it is unproved, as {@link Lease#checkValid} does
   * @throws IllegalStateException if it is closed
   */
  public <R extends @Nullable Object, E extends Exception> R call(Lease lease, Action<R, E> action)
      throws E {
    return call(Checked.token(lease), action);
  }

  /** {@link #call(long, Action)} for what has no result. */
  public <E extends Exception> void run(long token, Task<E> task) throws E {
    Object unused =
        this.<Object, E>call(
            token,
            () -> {
              task.run();
              return task;
            });
  }

  /** {@link #call(Lease, Action)} for what has no result. */
  public <E extends Exception> void run(Lease lease, Task<E> task) throws E {
    run(Checked.token(lease), task);
  }

  /**
   * Remembers a token, or refuses it. What the caller does afterwards is not protected from a
   * larger one that comes meanwhile: that is what {@link #call} is for.
   *
   * @throws StaleTokenException if a larger token has been seen
   * @throws IllegalArgumentException if it is no token
   */
  public void check(long token) {
    Checked.token(token);
    lock.lock();
    try {
      see(token);
    } finally {
      lock.unlock();
    }
  }

  /** The same, with the token of a lease. */
  public void check(Lease lease) {
    check(Checked.token(lease));
  }

  /** The largest token seen; empty if there was none. */
  public OptionalLong newest() {
    lock.lock();
    try {
      return newest == 0 ? OptionalLong.empty() : OptionalLong.of(newest);
    } finally {
      lock.unlock();
    }
  }

  private void see(long token) {
    if (token < newest) {
      throw new StaleTokenException(resource, token, newest);
    }
    if (token > newest && lock.getHoldCount() > 1) {
      throw new IllegalStateException(
          "what is done under token "
              + newest
              + " of "
              + resource
              + " lets the larger token "
              + token
              + " in before it has ended");
    }
    newest = token;
  }

  @Override
  public String toString() {
    return "fence of " + resource;
  }
}
