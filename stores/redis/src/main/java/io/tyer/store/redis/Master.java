package io.tyer.store.redis;

import io.tyer.store.network.HostPort;

/**
 * Where a master is.
 *
 * @param epoch rises whenever sentinels have named another one; 0 where nobody counts
 */
record Master(HostPort at, long epoch) {

  /** Of whom nobody counts how often it was named. */
  static Master uncounted(HostPort at) {
    return new Master(at, 0);
  }
}
