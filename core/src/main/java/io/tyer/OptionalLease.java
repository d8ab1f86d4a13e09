package io.tyer;

import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a try came to: a lease, or none because the lock was busy. Stands in try-with-resources, and
 * closes the lease if there is one:
 *
 * <pre>{@code
 * try (OptionalLease lease = lock.tryAcquire()) {
 *   if (lease.isPresent()) {
 *     refresh(lease.get().token());
 *   }
 * }
 * }</pre>
 *
 * <p>Who works under the lock has to take the lease out of it, and cannot overlook that there is
 * none.
 */
@CheckReturnValue
public final class OptionalLease implements AutoCloseable {

  private static final OptionalLease EMPTY = new OptionalLease(Optional.empty());

  private final Optional<Lease> lease;

  private OptionalLease(Optional<Lease> lease) {
    this.lease = lease;
  }

  /** With a lease. */
  public static OptionalLease of(Lease lease) {
    return new OptionalLease(Optional.of(lease));
  }

  /** With a lease if there is one. */
  public static OptionalLease of(Optional<Lease> lease) {
    return lease.isPresent() ? new OptionalLease(lease) : EMPTY;
  }

  /** Without one: the lock was busy. */
  public static OptionalLease empty() {
    return EMPTY;
  }

  /** Whether the lock was granted. */
  public boolean isPresent() {
    return lease.isPresent();
  }

  /** Whether the lock was busy. */
  public boolean isEmpty() {
    return lease.isEmpty();
  }

  /**
   * The lease.
   *
   * @throws NoSuchElementException if there is none
   */
  public Lease get() {
    return lease.orElseThrow(() -> new NoSuchElementException("the lock was busy"));
  }

  /**
   * The same as {@link #get()}.
   *
   * @throws NoSuchElementException if there is none
   */
  public Lease orElseThrow() {
    return get();
  }

  /**
   * The lease, or what the supplier gives is thrown.
   *
   * @throws X if there is none
   */
  public <X extends Throwable> Lease orElseThrow(Supplier<? extends X> failure) throws X {
    return lease.orElseThrow(failure);
  }

  /** Has it done with the lease if there is one, which stays open. */
  public void ifPresent(Consumer<? super Lease> action) {
    lease.ifPresent(action);
  }

  /** What the function makes of the lease if there is one, which stays open. */
  public <T> Optional<T> map(Function<? super Lease, ? extends T> function) {
    return lease.map(function);
  }

  /** The same as an {@link Optional}, which closes nothing. */
  public Optional<Lease> asOptional() {
    return lease;
  }

  /** As {@link Lease#close()}, if there is one. */
  @Override
  public void close() {
    lease.ifPresent(Lease::close);
  }

  @Override
  public String toString() {
    return lease.map(Lease::toString).orElse("no lease: busy");
  }
}
