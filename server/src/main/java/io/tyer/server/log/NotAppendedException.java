package io.tyer.server.log;

import java.io.Serial;

/** An entry is not in the log, and never will be. */
public final class NotAppendedException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  /** Says why. */
  public NotAppendedException(String message) {
    super(message, null, false, false);
  }
}
