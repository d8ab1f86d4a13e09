package io.tyer.cli;

import org.jspecify.annotations.Nullable;

/**
 * What every command is told of the store.
 *
 * @param store {@code --store}
 * @param passwordFile {@code --password-file}
 */
record StoreOptions(@Nullable String store, @Nullable String passwordFile) {}
