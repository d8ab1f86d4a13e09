package io.tyer.spi;

import java.time.Duration;

/**
 * What a client asks when it opens a session.
 *
 * @param secret the session's secret; a retry after an unknown outcome uses a new one
 * @param ttl how long the session lives after the last beat the store has seen, at least 1 s
 * @param owner a label for people: host and process
 * @param bearers the processes that must be gone before the session may be proved dead early
 * @param shard the {@linkplain LineStore#shards shard} it is a session of
 */
public record SessionRequest(
    SessionSecret secret, Duration ttl, String owner, Bearers bearers, int shard) {

  /** For a store of one shard. */
  public SessionRequest(SessionSecret secret, Duration ttl, String owner, Bearers bearers) {
    this(secret, ttl, owner, bearers, 0);
  }
}
