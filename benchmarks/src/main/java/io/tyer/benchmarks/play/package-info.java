/**
 * What plays in a benchmark: addresses, subjects, their clients and locks, and the board that the
 * processes of a run share. Knows no other package.
 */
@NullMarked
package io.tyer.benchmarks.play;

import org.jspecify.annotations.NullMarked;
