package io.tyer.server.run;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogManager;

/** The program {@code tyer server}. */
public final class Main {

  private Main() {}

  /** Does what the arguments say, and exits with its code. */
  public static void main(String[] args) {
    // The engine's transport tells of itself past the logs of everything else.
    LogManager.getLogManager().getLogger("").setLevel(Level.WARNING);
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(ServerCommand.line(out, err).execute(args));
  }
}
