/**
 * Servers that are started for a run or named by an address, and what they are asked about
 * themselves.
 */
@NullMarked
package io.tyer.benchmarks.server;

import org.jspecify.annotations.NullMarked;
