package io.tyer.command;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** An end of the program that is explained in one line; the message holds no password. */
public final class Refusal extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final Exit exit;

  /**
   * Ends the program so.
   *
   * @param message what is wrong and what would be right
   */
  public Refusal(Exit exit, String message, @Nullable Throwable cause) {
    super(Masked.text(message), cause);
    this.exit = exit;
  }

  /** Bad usage: says what is wrong and what would be right. */
  public static Refusal usage(String message) {
    return new Refusal(Exit.USAGE, message, null);
  }

  /** Bad usage that something deeper found out and explains. */
  public static Refusal usage(String prefix, Exception cause) {
    return new Refusal(Exit.USAGE, prefix + cause.getMessage(), cause);
  }

  /** A store or a server that cannot be reached, refused, or cannot be started. */
  public static Refusal unreachable(String message, @Nullable Throwable cause) {
    return new Refusal(Exit.UNREACHABLE, message, cause);
  }

  /** How the program ends. */
  public Exit exit() {
    return exit;
  }
}
