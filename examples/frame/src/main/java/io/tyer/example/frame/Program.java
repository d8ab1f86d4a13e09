package io.tyer.example.frame;

import java.nio.file.Path;
import java.util.List;

/** A demo that takes no arguments, and says by its exit code what came of it. */
public final class Program {

  private static final String HELP =
      "Takes no arguments. Exit codes: 0 all was as promised, 1 it was not, 64 wrong arguments,"
          + " 69 could not run.";

  private static final int USAGE = 64;
  private static final int NOT_RUN = 69;

  private Program() {}

  /** What a demo does. */
  @FunctionalInterface
  public interface Demo {
    /**
     * Does it, and tells the screen.
     *
     * @param directory an empty one, which is removed afterwards
     */
    void show(Path directory, Screen screen) throws Exception;
  }

  /**
   * Runs a demo and exits; no process that it has started is left.
   *
   * @param name as in {@code ./tyer demo NAME}
   * @param about what it shows, in a line
   */
  public static void main(String name, String about, String[] args, Demo demo) {
    System.exit(run(name, about, args, demo, Screen.onStandardOutput()));
  }

  @SuppressWarnings("IllegalCatch") // whatever it is, the demo could not run
  static int run(String name, String about, String[] args, Demo demo, Screen screen) {
    if (args.length > 0) {
      screen.line("./tyer demo " + name + ": " + about);
      screen.line(HELP);
      return List.of("-h", "--help").contains(args[0]) ? 0 : USAGE;
    }
    try (TemporaryDirectory directory = TemporaryDirectory.make("tyer-" + name)) {
      try {
        demo.show(directory.path(), screen);
      } finally {
        ChildProcess.killAll();
      }
    } catch (Exception e) {
      screen.line(name + ": could not run: " + e);
      return NOT_RUN;
    }
    screen.line(screen.isRight() ? "All as promised." : "NOT AS PROMISED");
    return screen.isRight() ? 0 : 1;
  }
}
