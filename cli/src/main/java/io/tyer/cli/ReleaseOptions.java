package io.tyer.cli;

import java.util.OptionalLong;

/**
 * What {@code tyer release} was asked to do.
 *
 * @param store which store
 * @param now whether without waiting for the holders
 * @param name the lock's name
 * @param number the ticket to revoke; empty for all holders
 */
record ReleaseOptions(StoreOptions store, boolean now, String name, OptionalLong number) {}
