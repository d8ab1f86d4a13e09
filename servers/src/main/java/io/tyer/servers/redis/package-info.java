/** Redis servers for tests: one alone, one with replicas and sentinels, a cluster. */
@NullMarked
package io.tyer.servers.redis;

import org.jspecify.annotations.NullMarked;
