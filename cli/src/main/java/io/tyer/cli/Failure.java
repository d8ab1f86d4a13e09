package io.tyer.cli;

import io.tyer.LeaseLostException;
import io.tyer.OutcomeUnknownException;
import io.tyer.StoreRefusedException;
import io.tyer.StoreUnreachableException;
import io.tyer.WaitTimeoutException;
import java.util.Map;

/** What went wrong, as one line for people and a code for programs. */
final class Failure {

  private Failure() {}

  /** Says it and returns the exit code. */
  static int report(Throwable failure, Screen screen, Map<String, String> environment) {
    Exit exit = exit(failure);
    boolean surprise = exit == Exit.INTERNAL && !(failure instanceof Refusal);
    screen.say(surprise ? "internal error: " + failure : message(failure));
    if (Logging.isDebug(environment)) {
      screen.say(trace(failure));
    } else if (surprise) {
      screen.say("TYER_DEBUG=1 shows where it happened");
    }
    return exit.code();
  }

  static Exit exit(Throwable failure) {
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

  private static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.toString() : message;
  }

  static String trace(Throwable failure) {
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
