package io.tyer.store.record;

/**
 * A process that bears a session.
 *
 * @param pid its id
 * @param start when it started, as {@link ProcessProof#startOf} says it
 */
record Bearer(long pid, long start) {}
