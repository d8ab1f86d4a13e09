package io.tyer.store.record;

/**
 * A version of a record and what its content says.
 *
 * @param stamped the version
 * @param state its content, read
 */
record Versioned<S>(Stamped stamped, S state) {}
