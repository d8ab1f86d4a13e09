package io.tyer.example.coupons;

import io.tyer.command.Console;

/** The program {@code ./tyer demo coupons}. */
public final class Main {

  private Main() {}

  /** Runs the rounds, and exits as the help says. */
  public static void main(String[] args) {
    System.exit(Console.main("coupons", new DemoCommand(), args));
  }
}
