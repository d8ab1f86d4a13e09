package io.tyer.cli;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** An end of the program that is explained in one line; the message holds no password. */
final class Refusal extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final Exit exit;

  Refusal(Exit exit, String message, @Nullable Throwable cause) {
    super(Masked.text(message), cause);
    this.exit = exit;
  }

  /** Bad usage: says what is wrong and what would be right. */
  static Refusal usage(String message) {
    return new Refusal(Exit.USAGE, message, null);
  }

  /** Bad usage that something deeper found out and explains. */
  static Refusal usage(String prefix, IllegalArgumentException cause) {
    return new Refusal(Exit.USAGE, prefix + cause.getMessage(), cause);
  }

  Exit exit() {
    return exit;
  }
}
