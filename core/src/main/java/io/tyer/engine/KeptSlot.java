package io.tyer.engine;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The way past a name's lock to a ticket that is kept under bias. Whoever takes the lock closes the
 * slot first, so that events see all there is; it is opened again at the end, if the ticket is
 * still there for whoever comes next. In between, taking and giving back a lease is one
 * compare-and-set each.
 *
 * <pre>
 * null (closed) ─ open → KeptTicket (free) ─ take → Holding (held) ─ give back → KeptTicket
 *    └────────────── close, from each of them ────────────────┘
 * </pre>
 */
final class KeptSlot {

  private final AtomicReference<@Nullable Object> state = new AtomicReference<>();

  /** Of what the slot is the way; written before it is opened. */
  private @Nullable KeptTicket kept;

  /** The ticket that is there to be taken; null if that takes the lock. */
  @Nullable KeptTicket free() {
    return state.get() instanceof KeptTicket free ? free : null;
  }

  /** Takes it for a lease; false if that takes the lock after all. */
  boolean take(KeptTicket free, Holding holding) {
    return state.compareAndSet(free, holding);
  }

  /**
   * Gives a closed lease back.
   *
   * @return false if that takes the lock
   */
  @SuppressWarnings("ReferenceEquality") // This very lease.
  boolean giveBack(Holding holding) {
    KeptTicket of = kept;
    if (state.get() != holding || of == null) {
      return false;
    }
    of.used();
    return state.compareAndSet(holding, of);
  }

  /** Under the lock, before anything is looked at: the ticket, its lease, or null. */
  @Nullable Object close() {
    return state.get() == null ? null : state.getAndSet(null);
  }

  /** Under the lock, when all is done. */
  void open(KeptTicket of) {
    kept = of;
    state.set(of.idle ? of : of.ticket.granted().holder());
  }
}
