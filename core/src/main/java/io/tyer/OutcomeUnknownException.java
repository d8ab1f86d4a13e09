package io.tyer;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The store was asked and has not answered in time, so what was asked may or may not have happened.
 *
 * <p>After an acquire: the caller does not hold the lock. If a ticket was taken it is withdrawn in
 * the background; nothing needs to be done, and trying again is safe. After {@link
 * Lease#downgrade()}: the lease is still held, exclusively or shared; calling it again settles
 * which. After {@link Lease#checkValid()}: the lease is neither proved nor lost; asking again later
 * tells.
 */
public final class OutcomeUnknownException extends TyerException {

  @Serial private static final long serialVersionUID = 1L;

  /** With a message that names the lock or store concerned, and no secret. */
  public OutcomeUnknownException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
