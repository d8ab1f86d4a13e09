package io.tyer.cli;

import io.tyer.command.Failure;
import io.tyer.command.RawArguments;
import java.time.Duration;
import java.util.Map;

/** The program {@code tyer}. */
public final class Main {

  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private Main() {}

  /** Runs the command line and exits with its code. */
  public static void main(String[] args) {
    Map<String, String> environment = System.getenv();
    Screen screen = new Screen();
    Logging.configure(environment, screen);
    int code;
    try {
      code = new Program(environment, screen).run(RawArguments.decode(args));
    } catch (RuntimeException | Error e) {
      code = Failure.report(e, screen::say, environment).code();
    }
    screen.drain(LAST_WORDS);
    System.exit(code);
  }
}
