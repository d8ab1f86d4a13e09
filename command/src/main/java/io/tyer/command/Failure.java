package io.tyer.command;

import io.tyer.LeaseLostException;
import io.tyer.OutcomeUnknownException;
import io.tyer.StoreRefusedException;
import io.tyer.StoreUnreachableException;
import io.tyer.WaitTimeoutException;
import java.util.Map;
import java.util.function.Consumer;

/** What went wrong, as one line for people and a code for programs. */
public final class Failure {

  private Failure() {}

  /**
   * Says it, with the environment's {@code TYER_DEBUG=1} also where it happened.
   *
   * @param say takes a line for people
   */
  public static Exit report(
      Throwable failure, Consumer<String> say, Map<String, String> environment) {
    Exit exit = exit(failure);
    boolean surprise = exit == Exit.INTERNAL && !(failure instanceof Refusal);
    // What is no surprise is masked where it is made.
    say.accept(surprise ? Masked.text("internal error: " + failure) : message(failure));
    if (isDebug(environment)) {
      say.accept(trace(failure));
    } else if (surprise) {
      say.accept("TYER_DEBUG=1 shows where it happened");
    }
    return exit;
  }

  /** How a program ends of it. */
  public static Exit exit(Throwable failure) {
    if (failure instanceof Refusal refusal) {
      return refusal.exit();
    }
    if (failure instanceof StoreUnreachableException
        || failure instanceof StoreRefusedException
        || failure instanceof OutcomeUnknownException) {
      return Exit.UNREACHABLE;
    }
    if (failure instanceof WaitTimeoutException) {
      return Exit.BUSY;
    }
    return failure instanceof LeaseLostException ? Exit.LOST : Exit.INTERNAL;
  }

  /** Whether more is to be told than users want to know. */
  public static boolean isDebug(Map<String, String> environment) {
    String value = environment.get("TYER_DEBUG");
    return value != null && !value.isEmpty() && !value.equals("0");
  }

  private static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.toString() : message;
  }

  /** Where it happened, without passwords. */
  public static String trace(Throwable failure) {
    StringBuilder text = new StringBuilder(Masked.text(failure.toString()));
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t != failure) {
        text.append("\ncaused by ").append(Masked.text(t.toString()));
      }
      for (StackTraceElement frame : t.getStackTrace()) {
        text.append("\n    at ").append(frame);
      }
    }
    return text.toString();
  }
}
