package io.tyer.cli;

import io.tyer.command.Refusal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which store to use, and with which password.
 *
 * @param address where it is, with the password if there is one
 */
record StoreChoice(Address address) {

  static final String STORE = "TYER_STORE";
  static final String PASSWORD = "TYER_PASSWORD";

  /** The access token that the lock server's client shows. */
  static final String ACCESS_TOKEN = "TYER_ACCESS_TOKEN";

  /**
   * {@code --store}, else {@code $TYER_STORE}, else a directory of the user's own, which is made.
   */
  static StoreChoice of(StoreOptions options, Map<String, String> environment, Screen screen) {
    return of(options, environment, screen, true);
  }

  /** The same, and nothing is made. */
  static StoreChoice looking(StoreOptions options, Map<String, String> environment, Screen screen) {
    return of(options, environment, screen, false);
  }

  private static StoreChoice of(
      StoreOptions options, Map<String, String> environment, Screen screen, boolean make) {
    String fromEnvironment = environment.get(STORE);
    Address address;
    if (options.store() != null) {
      address = checked("--store", options.store());
      if (address.hasPassword()) {
        screen.warn(
            "everybody on this machine can read the password in --store in the process list; give"
                + " it in $TYER_PASSWORD, in $TYER_STORE or with --password-file instead");
      }
    } else if (fromEnvironment != null && !fromEnvironment.isEmpty()) {
      address = checked("$TYER_STORE", fromEnvironment);
    } else {
      return new StoreChoice(DefaultStore.address(environment, make));
    }
    return new StoreChoice(withPassword(address, options.passwordFile(), environment));
  }

  private static Address checked(String source, String text) {
    Address address = new Address(text);
    if (address.scheme().isEmpty()) {
      throw Refusal.usage(
          source
              + " is no address of a store: '"
              + address
              + "'; it begins with a scheme, as in file:/var/lib/tyer");
    }
    if (address.scheme().equals("memory")) {
      throw Refusal.usage(
          source
              + ": a memory store lives inside one process and locks nothing between commands;"
              + " use one that processes share, such as file:/var/lib/tyer");
    }
    return address.absolute(System.getProperty("user.dir", ""));
  }

  private static Address withPassword(
      Address address, @Nullable String passwordFile, Map<String, String> environment) {
    boolean takesOne = !address.scheme().equals("file");
    if (passwordFile != null) {
      if (!takesOne) {
        throw Refusal.usage("--password-file: a file store has no password; leave it out");
      }
      if (address.hasPassword()) {
        throw Refusal.usage(
            "the password is given twice: in --password-file and in the store's address");
      }
      return address.withPassword(PasswordFile.read(passwordFile));
    }
    String password = environment.get(PASSWORD);
    if (password == null || password.isEmpty() || !takesOne || address.hasPassword()) {
      return address;
    }
    return address.withPassword(password);
  }
}
