package io.tyer.testkit.torture;

/**
 * One fault, planned.
 *
 * @param atMillis when it strikes, from the start
 * @param kind what happens
 * @param victim which worker it happens to, for faults that happen to one
 * @param durationMillis how long it lasts
 * @param size how bad it is, from 0 to 1: how long a delay, how far a clock is set, which way
 */
record Blow(long atMillis, FaultKind kind, int victim, long durationMillis, double size) {}
