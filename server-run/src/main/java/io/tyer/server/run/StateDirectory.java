package io.tyer.server.run;

import io.tyer.command.Refusal;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where programs keep the state of a user. */
final class StateDirectory {

  private StateDirectory() {}

  /** {@code $XDG_STATE_HOME/tyer}, else {@code ~/.local/state/tyer}. */
  static Path of(Map<String, String> environment) {
    String state = environment.get("XDG_STATE_HOME");
    if (isAbsolute(state)) {
      return Path.of(state).resolve("tyer");
    }
    String home = environment.get("HOME");
    if (!isAbsolute(home)) {
      throw Refusal.usage("there is no home directory to keep data in; name one with --data");
    }
    return Path.of(home).resolve(".local/state/tyer");
  }

  private static boolean isAbsolute(@Nullable String path) {
    return path != null && path.startsWith("/");
  }
}
