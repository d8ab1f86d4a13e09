/**
 * Fences and optimistic locking for data that are kept in Redis or Valkey, over a connection of
 * Lettuce's that the user gives. Apart from the store of locks: locks may be kept elsewhere.
 */
@NullMarked
package io.tyer.store.redis.fence;

import org.jspecify.annotations.NullMarked;
