package io.tyer.torture;

import io.tyer.command.Console;

/** The program {@code ./torture}. */
public final class Main {

  private Main() {}

  /** Tortures, and exits as the help says. */
  public static void main(String[] args) {
    System.exit(Console.main("torture", new TortureCommand(), args));
  }
}
