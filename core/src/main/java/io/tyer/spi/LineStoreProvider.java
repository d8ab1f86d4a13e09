package io.tyer.spi;

import java.time.Duration;
import java.util.Set;

/**
 * Makes stores from addresses; found by {@link java.util.ServiceLoader}.
 *
 * <p>A provider refuses options that it does not know by an {@link IllegalArgumentException} that
 * names them and the ones it knows.
 */
public interface LineStoreProvider {

  /** The schemes this provider serves, in lower case. */
  Set<String> schemes();

  /**
   * Opens a store. Returns without having reached it if that can wait; the first session shows
   * whether it is there.
   *
   * @param address with this store's own options only
   * @throws IllegalArgumentException if the address is not one of this store's
   * @throws StoreException if the store can be seen at once to be unusable
   */
  LineStore open(StoreAddress address, Settings settings) throws StoreException;

  /**
   * Finds out whether the promises can be kept at this address: what is there, who may use it, on
   * what it stands, what is and is not promised there. Looks and tries, leaves nothing behind,
   * disturbs nobody, and makes no store where there is none. May block for as long as the store
   * does. Failures are findings, not exceptions.
   *
   * @param address with this store's own options only
   * @throws IllegalArgumentException if the address is not one of this store's
   */
  default Diagnosis diagnose(StoreAddress address, Settings settings) {
    return Diagnosis.none();
  }

  /**
   * What every store is given.
   *
   * @param surroundings clocks, timer, threads
   * @param ttl the TTL of the sessions this client will open
   * @param operationTimeout how long one request may take
   * @param connectTimeout how long connecting may take
   */
  record Settings(
      Surroundings surroundings,
      Duration ttl,
      Duration operationTimeout,
      Duration connectTimeout) {}
}
