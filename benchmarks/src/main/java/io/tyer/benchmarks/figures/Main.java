package io.tyer.benchmarks.figures;

import picocli.CommandLine;

/** The program {@code benchmarks/run}. */
public final class Main {

  private Main() {}

  /** Measures, reports, and exits with 0, or with 1 if anything failed or excluded nobody. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Command()).execute(args));
  }
}
