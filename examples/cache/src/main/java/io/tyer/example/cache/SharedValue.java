package io.tyer.example.cache;

import io.tyer.DistributedLock;
import io.tyer.Lease;
import io.tyer.LeaseLostException;
import io.tyer.OptionalLease;
import io.tyer.OutcomeUnknownException;
import io.tyer.StoreUnreachableException;
import io.tyer.fence.StaleTokenException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * A value that is expensive to compute, read by many clients of many processes. When it has
 * expired, one of them computes it anew. The others have the expired one meanwhile; only where
 * there is none at all do they wait. Safe for use by many threads.
 */
final class SharedValue {

  /** Computes the value. */
  @FunctionalInterface
  interface Loader {
    String load() throws IOException, InterruptedException;
  }

  /** Where a value comes from. */
  enum Source {
    /** It was stored, and has not expired. */
    STORED,
    /** It has expired, and somebody else computes the next one, or nobody can. */
    EXPIRED,
    /** It was computed now. */
    COMPUTED,
    /** One was computed now, but too late to be stored: this is the best there is. */
    TOO_LATE
  }

  /** What a reader gets. */
  record Reading(String value, Source source) {}

  private final DistributedLock lock;
  private final ValueFile file;
  private final Duration lifetime;
  private final Duration patience;
  private final InstantSource clock;
  private final Loader loader;

  /**
   * The value in this file.
   *
   * @param lock the value's own: the file knows the tokens of no other
   * @param lifetime when it expires, counted from before its computation; longer than that takes
   * @param patience how long to wait for another who computes it, where there is none to serve
   */
  SharedValue(
      DistributedLock lock,
      ValueFile file,
      Duration lifetime,
      Duration patience,
      InstantSource clock,
      Loader loader) {
    this.lock = lock;
    this.file = file;
    this.lifetime = lifetime;
    this.patience = patience;
    this.clock = clock;
    this.loader = loader;
  }

  /**
   * The value. Waits only if it computes it, or nothing is stored.
   *
   * @throws TimeoutException if nothing is stored, and another has computed for too long
   * @throws io.tyer.TyerException if nothing is stored, and the lock store cannot be reached or
   *     does not answer; or if it refuses, or the client is closed
   * @throws IOException if it cannot be read or stored, or not computed with nothing stored
   * @throws InterruptedException if interrupted while waiting or computing
   */
  Reading get() throws IOException, InterruptedException, TimeoutException {
    Optional<Entry> stored = file.read();
    if (stored.isPresent() && isFresh(stored.get())) {
      return reading(stored.get(), Source.STORED);
    }
    OptionalLease granted;
    try {
      granted = stored.isPresent() ? lock.tryAcquire() : lock.tryAcquire(patience);
    } catch (StoreUnreachableException | OutcomeUnknownException e) {
      if (stored.isPresent()) {
        return reading(stored.get(), Source.EXPIRED); // better than nothing; a service would log it
      }
      throw e; // were all to compute without a lock, that is what it is there to prevent
    }
    if (granted.isEmpty()) {
      if (stored.isPresent()) {
        return reading(stored.get(), Source.EXPIRED);
      }
      throw new TimeoutException("nothing is stored, and nobody has computed it in " + patience);
    }
    try (Lease lease = granted.get()) {
      Optional<Entry> again = file.read(); // who had the lock before may have stored it
      return again.isPresent() && isFresh(again.get())
          ? reading(again.get(), Source.STORED)
          : refresh(lease, again);
    }
  }

  private Reading refresh(Lease lease, Optional<Entry> expired)
      throws IOException, InterruptedException {
    long token = lease.token(); // asked for while it is surely held
    Instant asOf = clock.instant();
    Entry next;
    try {
      next = new Entry(asOf, loader.load());
    } catch (IOException | RuntimeException e) {
      if (expired.isPresent()) {
        return reading(expired.get(), Source.EXPIRED); // a service would log it, and wait a while
      }
      throw e; // the next in line tries
    }
    try {
      lease.checkValid();
      file.write(token, next); // refused if somebody newer has stored
      return reading(next, Source.COMPUTED);
    } catch (LeaseLostException | StaleTokenException | OutcomeUnknownException e) {
      return reading(
          file.read().filter(newest -> newest.asOf().isAfter(asOf)).orElse(next), Source.TOO_LATE);
    }
  }

  private boolean isFresh(Entry entry) {
    return entry.isFresh(clock.instant(), lifetime);
  }

  private static Reading reading(Entry entry, Source source) {
    return new Reading(entry.value(), source);
  }
}
