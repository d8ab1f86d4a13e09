package io.tyer.engine;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The way past a name queue's lock to a ticket that is kept under bias. Whoever takes the queue's
 * lock closes the slot first, so that events see all there is; it is opened again at the end, if
 * the ticket is still there for whoever comes next. In between, taking and giving back a lease is
 * one compare-and-set each.
 *
 * <pre>
 * null (closed) ─ open → Claim (kept, free) ─ take → HeldLease (held) ─ give back → Claim
 *    └────────────── close, from each of them ────────────────┘
 * </pre>
 */
final class KeptSlot {

  private final AtomicReference<@Nullable Object> state = new AtomicReference<>();

  /** A lease under the kept ticket; null if that takes the queue's lock. */
  @Nullable HeldLease take(NameQueue queue, @Nullable Thread thread) {
    if (state.get() instanceof Claim claim && claim.session().proved()) {
      HeldLease lease = HeldLease.pastTheLock(claim, queue, thread);
      if (state.compareAndSet(claim, lease)) {
        return lease;
      }
    }
    return null;
  }

  /**
   * Gives a closed lease back.
   *
   * @return false if that takes the queue's lock
   */
  @SuppressWarnings("ReferenceEquality") // This very lease.
  boolean giveBack(HeldLease lease) {
    if (state.get() != lease) {
      return false;
    }
    Claim claim = lease.claim();
    claim.used();
    return state.compareAndSet(lease, claim);
  }

  /** Under the queue's lock, before anything is looked at. */
  void close() {
    if (state.get() != null && state.getAndSet(null) instanceof HeldLease lease) {
      lease.claim().leases.add(lease);
    }
  }

  /** Under the queue's lock, when all is done. */
  void open(Claim claim) {
    if (claim.leases.isEmpty()) {
      state.set(claim);
    } else {
      state.set(claim.leases.remove(0));
    }
  }
}
