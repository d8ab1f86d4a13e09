package io.tyer.cli;

import io.tyer.command.Exit;
import io.tyer.command.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The file store in the user's state directory: for the processes of one user on one machine. */
final class DefaultStore {

  private DefaultStore() {}

  /** Its address. If it is to be made, the directory is there when this returns. */
  static Address address(Map<String, String> environment, boolean make) {
    Path directory = directory(environment, System.getProperty("user.home"));
    if (make && !Files.isDirectory(directory)) {
      create(directory);
    }
    return new Address("file:" + Address.escaped(directory.toString()));
  }

  /** {@code $XDG_STATE_HOME/tyer}, else {@code ~/.local/state/tyer}. */
  static Path directory(Map<String, String> environment, @Nullable String userHome) {
    try {
      Path state = absolute(environment.get("XDG_STATE_HOME"));
      if (state != null) {
        return state.resolve("tyer");
      }
      Path home = absolute(environment.get("HOME"));
      if (home == null) {
        home = absolute(userHome);
      }
      if (home != null) {
        return home.resolve(".local/state/tyer");
      }
    } catch (InvalidPathException e) {
      throw new Refusal(
          Exit.USAGE,
          "the home directory's name cannot be read in this locale; set LC_ALL=C.UTF-8, or name a"
              + " store with --store or $TYER_STORE",
          e);
    }
    throw Refusal.usage(
        "there is no home directory to keep a store in; name one with --store or $TYER_STORE, as"
            + " in file:/var/lib/tyer");
  }

  /** Null for what is not set or relative, which the specification says to ignore. */
  private static @Nullable Path absolute(@Nullable String path) {
    return path != null && path.startsWith("/") ? Path.of(path) : null;
  }

  private static void create(Path directory) {
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new Refusal(
          Exit.UNREACHABLE,
          "the store's directory cannot be made: " + e + "; name another with --store",
          e);
    }
  }
}
