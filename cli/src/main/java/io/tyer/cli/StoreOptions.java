package io.tyer.cli;

import io.tyer.command.Parsed;
import io.tyer.command.Syntax;
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

  /** The options of every command that reaches for a store. */
  static Syntax added(Syntax syntax) {
    return syntax
        .value(
            STORE,
            "URI",
            "Where the locks are kept, as in file:/var/lib/tyer; default: $TYER_STORE, else a file"
                + " store in the user's state directory")
        .value(
            PASSWORD_FILE,
            "FILE",
            "A file whose first line is the store's password; default: $TYER_PASSWORD")
        .withHelp();
  }

  static StoreOptions of(Parsed parsed) {
    return new StoreOptions(parsed.text(STORE), parsed.text(PASSWORD_FILE));
  }
}
