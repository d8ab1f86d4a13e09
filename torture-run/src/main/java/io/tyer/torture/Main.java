package io.tyer.torture;

/** The program {@code ./torture}. */
public final class Main {

  private Main() {}

  /** Tortures, and exits with 0, 1, 2 or 3 as the help says. */
  public static void main(String[] args) {
    System.exit(TortureCommand.commandLine().execute(args));
  }
}
