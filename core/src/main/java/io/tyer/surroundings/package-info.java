/**
 * The machine behind {@link io.tyer.spi.Surroundings}: its clocks, a timer, threads and randomness,
 * for clients, servers and tests of stores.
 */
@NullMarked
package io.tyer.surroundings;

import org.jspecify.annotations.NullMarked;
