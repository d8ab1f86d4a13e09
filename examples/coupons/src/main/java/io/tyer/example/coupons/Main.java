package io.tyer.example.coupons;

/** The program {@code ./tyer demo coupons}. */
public final class Main {

  private Main() {}

  /** Runs the rounds, and exits with 0, 1, 2 or 3 as the help says. */
  public static void main(String[] args) {
    System.exit(DemoCommand.commandLine().execute(args));
  }
}
