package io.tyer.cli;

/**
 * What {@code tyer locks} was asked to do.
 *
 * @param store which store
 * @param json whether for programs
 * @param prefix how the names begin
 */
record LocksOptions(StoreOptions store, boolean json, String prefix) {}
