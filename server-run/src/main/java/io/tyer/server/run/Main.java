package io.tyer.server.run;

import io.tyer.command.Console;
import java.util.logging.Level;
import java.util.logging.LogManager;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The programs {@code tyer server} and, below it, {@code tyer token}. */
public final class Main {

  private Main() {}

  /** Does what the arguments say, and exits with its code. */
  public static void main(String[] args) {
    OutOfMemory.endsTheProgram();
    // The engine's transport logs past everything else, and tells much of itself.
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    LogManager.getLogManager().getLogger("").setLevel(Level.WARNING);
    System.exit(Console.main("tyer", new ServerCommand(), args));
  }
}
