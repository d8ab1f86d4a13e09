package io.tyer.testkit.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * A kind of store that tests can start on this machine. Found by {@link ServiceLoader}; has a
 * public constructor without parameters.
 */
public interface ServerKind {

  /** What it is called on command lines and in reports: lower-case letters, digits, {@code -}. */
  String name();

  /** Why it cannot be started on this machine, in words that are printed; empty if it can. */
  default Optional<String> unavailable() {
    return Optional.empty();
  }

  /**
   * Starts one that nobody else uses, and returns when clients can connect.
   *
   * @param directory an empty directory of its own, for whatever it keeps; left behind
   * @throws IOException if it does not start
   */
  StoreServer start(Path directory) throws IOException;

  /**
   * Like {@link #start(Path)}, its process with these environment variables besides, also when it
   * is started again. For kinds that {@link #takesEnvironment}.
   */
  default StoreServer start(Path directory, Map<String, String> environment) throws IOException {
    throw new UnsupportedOperationException(name() + " has no process with an environment");
  }

  /** Whether the server's process can be given environment variables, and thus another clock. */
  default boolean takesEnvironment() {
    return false;
  }

  /** All kinds on the class path. */
  static List<ServerKind> all() {
    List<ServerKind> kinds = new ArrayList<>();
    ServiceLoader.load(ServerKind.class).forEach(kinds::add);
    return kinds;
  }

  /**
   * The kind of this name.
   *
   * @throws IllegalArgumentException if there is none on the class path; names those there are
   */
  static ServerKind named(String name) {
    List<String> known = new ArrayList<>();
    for (ServerKind kind : all()) {
      if (kind.name().equals(name)) {
        return kind;
      }
      known.add(kind.name());
    }
    throw new IllegalArgumentException("no kind of store is called " + name + "; known: " + known);
  }
}
