package io.tyer.cli;

/**
 * What {@code tyer doctor} was asked to do.
 *
 * @param store which store
 * @param json whether for programs
 */
record DoctorOptions(StoreOptions store, boolean json) {}
