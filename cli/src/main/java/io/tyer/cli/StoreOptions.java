package io.tyer.cli;

import org.jspecify.annotations.Nullable;

/**
 * What every command is told of the store.
 *
 * @param store {@code --store}
 * @param passwordFile {@code --password-file}
 */
record StoreOptions(@Nullable String store, @Nullable String passwordFile) {

  static final String STORE = "store";
  static final String PASSWORD_FILE = "password-file";

  static StoreOptions of(Parsed parsed) {
    return new StoreOptions(parsed.text(STORE), parsed.text(PASSWORD_FILE));
  }
}
