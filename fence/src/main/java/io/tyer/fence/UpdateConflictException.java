package io.tyer.fence;

import io.tyer.TyerException;
import java.io.Serial;
import java.time.Duration;

/**
 * An optimistic update was tried as often as it may be, and each time somebody else wrote first.
 * Nothing was changed. Where this comes often, the resource is contended: a lock lets its writers
 * wait in line instead of computing in vain.
 */
public final class UpdateConflictException extends TyerException {

  @Serial private static final long serialVersionUID = 1L;

  private final String resource;
  private final int tries;
  private final Duration elapsed;

  /**
   * Of an update that has given up.
   *
   * @param resource what was to be updated
   * @param tries how often it was tried
   * @param elapsed from the first try to the end of the last one
   */
  public UpdateConflictException(String resource, int tries, Duration elapsed) {
    super(
        resource
            + " was not updated: others wrote it first, "
            + tries
            + (tries == 1 ? " time" : " times")
            + " within "
            + elapsed.toMillis()
            + " ms",
        null);
    this.resource = resource;
    this.tries = tries;
    this.elapsed = elapsed;
  }

  /** What was to be updated. */
  public String resource() {
    return resource;
  }

  /** How often it was tried. */
  public int tries() {
    return tries;
  }

  /** From the first try to the end of the last one. */
  public Duration elapsed() {
    return elapsed;
  }
}
