package io.tyer.benchmarks;

import io.tyer.command.Console;

/** The program {@code benchmarks/run}. */
public final class Main {

  private Main() {}

  /** Measures, reports, and exits as the help says. */
  public static void main(String[] args) {
    System.exit(Console.main("benchmarks", new BenchmarksCommand(args), args));
  }
}
