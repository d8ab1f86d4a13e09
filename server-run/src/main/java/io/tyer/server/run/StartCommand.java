package io.tyer.server.run;

import io.tyer.command.Console;
import io.tyer.command.Exit;
import io.tyer.command.Failure;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a member, and says what becomes of it: as lines for people, or all of it in the log. */
final class StartCommand {

  private static final Logger LOG = LoggerFactory.getLogger(ServerCommand.class);

  private final StartOptions options;
  private final Console console;

  StartCommand(StartOptions options, Console console) {
    this.options = options;
    this.console = console;
  }

  Exit run() throws InterruptedException {
    options.logFormat().use();
    if (options.logFormat() != LogFormat.JSON) {
      serve(this::say);
      return Exit.OK;
    }
    try {
      serve(LoggerFactory.getLogger(Serving.class)::info);
      return Exit.OK;
    } catch (RuntimeException | Error e) {
      return Failure.report(e, LOG::error, System.getenv());
    }
  }

  /** A server goes on, whether anybody still reads what it says or not. */
  private void say(String text) {
    console.out().println("tyer: " + text);
    console.out().flush();
  }

  private void serve(Consumer<String> said) throws InterruptedException {
    new Serving(said).run(options.config());
  }
}
