package io.tyer;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The {@link Tyer} has been closed; its waiters fail with this at once, and so do later calls. */
public final class TyerClosedException extends TyerException {

  @Serial private static final long serialVersionUID = 1L;

  /** With a message that names the lock or store concerned, and no secret. */
  public TyerClosedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
