/** The least that any lock of a kind could cost; most of it is no lock. */
@NullMarked
package io.tyer.benchmarks.floors;

import org.jspecify.annotations.NullMarked;
