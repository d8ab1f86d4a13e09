/**
 * Lines on a Redis or Valkey server: sorted sets that scripts move, one trip per request.
 *
 * <p>Start at {@code RedisLineStore}; what the keys hold is said in {@code docs/stores/redis.md}.
 */
@NullMarked
package io.tyer.store.redis;

import org.jspecify.annotations.NullMarked;
