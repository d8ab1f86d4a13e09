package io.tyer;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The store cannot be reached, so nothing was done. This is never reported as <em>busy</em>. Trying
 * again later is safe.
 */
public final class StoreUnreachableException extends TyerException {

  @Serial private static final long serialVersionUID = 1L;

  /** With a message that names the lock or store concerned, and no secret. */
  public StoreUnreachableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
