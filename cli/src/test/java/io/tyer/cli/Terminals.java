package io.tyer.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Ways to start the program with, and without, a terminal. */
final class Terminals {

  private Terminals() {}

  /** In a session of its own, which has no terminal. */
  static List<String> withoutTerminal(String... arguments) {
    return List.of("setsid", "--wait", "env", Shell.RESET_SIGNALS, "sh", "-c", script(arguments));
  }

  /** In a new terminal, whose output becomes the standard output and whose keys the input. */
  static List<String> inTerminal(String... arguments) {
    return List.of(
        "env",
        Shell.RESET_SIGNALS,
        "TERM=xterm",
        "script",
        "-qefc",
        script(arguments),
        "/dev/null");
  }

  private static String script(String... arguments) {
    StringBuilder text = new StringBuilder("exec ").append(Shell.tyerCommand());
    for (String argument : arguments) {
      text.append(" '").append(argument.replace("'", "'\\''")).append('\'');
    }
    return text.toString();
  }

  /** The program's process id, below what started it or in its place. */
  static long tyer(Shell.Started started) {
    List<Long> found = new ArrayList<>();
    Await.until(
        "the program's process",
        () -> {
          found.clear();
          Stream.concat(Stream.of(started.process().toHandle()), started.process().descendants())
              .filter(p -> p.info().command().orElse("").endsWith("/java"))
              .forEach(p -> found.add(p.pid()));
          return !found.isEmpty();
        });
    return found.get(0);
  }
}
