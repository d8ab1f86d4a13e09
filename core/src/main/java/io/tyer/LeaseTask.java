package io.tyer;

/**
 * What is done under a lock; see {@link Acquirable#withLease}.
 *
 * @param <T> what it comes to
 * @param <E> what it may throw
 */
@FunctionalInterface
public interface LeaseTask<T, E extends Exception> {

  /** Does it. The lease need not be closed. */
  T run(Lease lease) throws E;
}
