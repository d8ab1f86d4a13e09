package io.tyer.server.replica;

/** Brings to the program what is caught so that others go on. */
public final class Uncaught {

  private Uncaught() {}

  /**
   * Tells the program's own handler if memory is used up, as if nobody had caught that: it may want
   * to end, since more than what was caught is lost by then. To be called before anything that
   * needs memory.
   */
  public static void tell(Throwable caught) {
    Thread.UncaughtExceptionHandler program = Thread.getDefaultUncaughtExceptionHandler();
    if (caught instanceof OutOfMemoryError && program != null) {
      program.uncaughtException(Thread.currentThread(), caught);
    }
  }
}
