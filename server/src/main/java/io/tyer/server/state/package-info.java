/**
 * The lock server's state machine: sessions and lines, and what commands make of them. Pure: no
 * I/O, clock, thread or randomness, so that all members come to the same state by the same entries.
 */
@org.jspecify.annotations.NullMarked
package io.tyer.server.state;
