package io.tyer.server.run;

import java.io.Serial;

/** What was asked for cannot be done; the message says why, and what could be. */
final class Refusal extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  Refusal(String message) {
    super(message);
  }

  Refusal(String message, Throwable cause) {
    super(message, cause);
  }
}
