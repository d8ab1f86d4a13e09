/**
 * Whatever is measured by its scheme: Tyer on a store, other libraries, and data that are changed
 * without a lock. A store needs only its address, a peer one more {@code Subject} and its provider.
 */
@NullMarked
package io.tyer.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
