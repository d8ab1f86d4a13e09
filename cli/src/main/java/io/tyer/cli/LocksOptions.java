package io.tyer.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What {@code tyer locks} was asked to do.
 *
 * @param store which store
 * @param json whether for programs
 * @param names whether only names
 * @param watch how often to look again; null for once
 * @param prefix how the names begin
 */
record LocksOptions(
    StoreOptions store, boolean json, boolean names, @Nullable Duration watch, String prefix) {}
