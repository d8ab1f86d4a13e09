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

  /** How many processes have a clock of their own; fixed. */
  default int members() {
    return 1;
  }

  /**
   * Like {@link #start(Path, Map)}, with an environment for each of its {@link #members}. For kinds
   * that {@link #takesEnvironment}.
   */
  default StoreServer start(Path directory, List<Map<String, String>> environments)
      throws IOException {
    if (environments.size() != 1) {
      throw new UnsupportedOperationException(name() + " has no members");
    }
    return start(directory, environments.get(0));
  }

  /**
   * Whether all that is promised holds whatever its processes' wall clocks show. Where it does not,
   * only fencing (S2) protects once such a clock was set.
   */
  default boolean needsNoClock() {
    return false;
  }

  /**
   * Why what it acknowledged may be lost when its server is killed, in words that are printed;
   * empty if nothing is. Where it may, exclusion (S1) and telling of losses in time (S5) are not
   * promised once that has happened, and only fencing (S2) protects.
   */
  default Optional<String> forgetsWhenKilled() {
    return Optional.empty();
  }

  /** The same for a server that is stopped for a while and goes on. */
  default Optional<String> forgetsWhenPaused() {
    return Optional.empty();
  }

  /**
   * Why a server that was stopped, and in whose place there is another one, may go on granting for
   * a moment, with tokens smaller than its successor's; empty if none does. What checks tokens
   * refuses those.
   */
  default Optional<String> grantsWhenReplaced() {
    return Optional.empty();
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
