/**
 * The lock server's state machine: sessions and lines, and what commands make of them. Pure: no
 * I/O, clock, thread or randomness, so that all members come to the same state by the same entries.
 */
@NullMarked
package io.tyer.server.state;

import org.jspecify.annotations.NullMarked;
