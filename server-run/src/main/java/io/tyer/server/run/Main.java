package io.tyer.server.run;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogManager;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The program {@code tyer server}. */
public final class Main {

  private Main() {}

  /** Does what the arguments say, and exits with its code. */
  public static void main(String[] args) {
    // The engine's transport logs past everything else, and tells much of itself.
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    LogManager.getLogManager().getLogger("").setLevel(Level.WARNING);
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(ServerCommand.line(out, err).execute(args));
  }
}
