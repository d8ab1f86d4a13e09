package io.tyer;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** What all of Tyer's own exceptions have in common; each subclass means one outcome. */
public abstract class TyerException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /** With a message that names the lock or store concerned, and no secret. */
  protected TyerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
