package io.tyer;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The store answered, refused, and will refuse again: no rights, a newer format, a line that is
 * full. Nothing was done; the message says what would have to change.
 */
public final class StoreRefusedException extends TyerException {

  @Serial private static final long serialVersionUID = 1L;

  /** With a message that names the lock or store concerned, and no secret. */
  public StoreRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
