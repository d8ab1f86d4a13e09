package io.tyer.engine;

import io.tyer.Lease;

/** What the current thread holds that it gives back by itself. */
final class Flow {

  /** How many such leases, by thread. */
  private static final ThreadLocal<int[]> BOUND = ThreadLocal.withInitial(() -> new int[1]);

  private Flow() {}

  /** The current thread has acquired this, and nobody else will give it back. */
  static void bind(Lease lease) {
    HeldLease held = lease instanceof ReportedLease reported ? reported.inner() : (HeldLease) lease;
    held.bindToThread();
    BOUND.get()[0]++;
  }

  /** The current thread gives back what it bound. */
  static void unbind() {
    BOUND.get()[0]--;
  }

  /** Whether the current thread holds anything that it gives back by itself. */
  static boolean holdsAnything() {
    return BOUND.get()[0] > 0;
  }
}
