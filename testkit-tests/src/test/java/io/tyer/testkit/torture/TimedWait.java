package io.tyer.testkit.torture;

/** Waits, and prints how many milliseconds that took. */
final class TimedWait {

  static final long MILLIS = 300;

  private TimedWait() {}

  public static void main(String[] args) {
    long from = System.nanoTime();
    boolean stopped = new Signals().pause(MILLIS * 1_000_000);
    System.out.println(stopped ? -1 : (System.nanoTime() - from) / 1_000_000);
  }
}
