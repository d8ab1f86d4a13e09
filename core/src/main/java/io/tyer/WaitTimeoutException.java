package io.tyer;

import java.io.Serial;
import java.time.Duration;

/**
 * An acquire without a time-out of its own has waited as long as {@link TyerOption#WAIT} allows. No
 * ticket stays behind.
 */
public final class WaitTimeoutException extends TyerException {

  @Serial private static final long serialVersionUID = 1L;

  /** For the named lock, after waiting that long. */
  public WaitTimeoutException(String name, Duration waited) {
    super(
        "lock "
            + name
            + " was not granted within "
            + waited
            + ", which the option wait allows at most",
        null);
  }
}
