package io.tyer.engine;

import io.tyer.Order;
import io.tyer.spi.StoreTraits;

/**
 * The figures by which a name's state decides.
 *
 * @param batons how often a ticket is handed on
 * @param batonNanos for how long after its grant a ticket is handed on
 * @param strict whether every caller has a ticket of its own
 * @param ttlNanos how long a request may still be on its way
 * @param marginNanos how long holders have to stop once they were told
 * @param patienceNanos how long a caller is kept from whom the store is hidden
 * @param longestRetryNanos how long to wait at most before a request is repeated
 * @param firstCheckNanos how soon a waiting ticket is checked
 * @param lastCheckNanos up to where that interval grows
 * @param biasIdleNanos how long a ticket that is kept may lie unused; {@link BiasedName} alone asks
 */
record Rules(
    int batons,
    long batonNanos,
    boolean strict,
    long ttlNanos,
    long marginNanos,
    long patienceNanos,
    long longestRetryNanos,
    long firstCheckNanos,
    long lastCheckNanos,
    long biasIdleNanos) {

  /** How many low bits of a fencing token count the leases under one ticket. */
  static final int TOKEN_BITS = 12;

  static final int TOKENS_PER_TICKET = 1 << TOKEN_BITS;

  /** More leases than this are not put under one ticket, so that its tokens cannot run out. */
  static final int MOST_LEASES = EngineSettings.MOST_BATONS;

  /** In which time to look again whether a session is proved. */
  static final long UNPROVED_PAUSE_NANOS = 20_000_000;

  /** How long a try waits for a ticket that another client merely keeps under bias. */
  static final long RECALL_PATIENCE_NANOS = 50_000_000;

  private static final long LAST_LOOK_NANOS = EngineSettings.LAST_LOOK.toNanos();

  static final long FIRST_RETRY_NANOS = 50_000_000;
  private static final long LONGEST_RETRY_NANOS = 5_000_000_000L;

  /** For how long a caller whose time is over waits to be told how its ticket stands. */
  long lastLookNanos() {
    return Math.min(LAST_LOOK_NANOS, patienceNanos);
  }

  static Rules of(EngineSettings settings, StoreTraits traits) {
    return new Rules(
        settings.batons(),
        Nanos.of(settings.batonTime()),
        settings.order() == Order.STRICT,
        settings.ttl().toNanos(),
        settings.margin().toNanos(),
        settings.operationTimeout().toNanos(),
        Math.min(LONGEST_RETRY_NANOS, settings.beat().toNanos()),
        traits.firstCheck().toNanos(),
        traits.lastCheck().toNanos(),
        Nanos.of(settings.biasIdle()));
  }
}
