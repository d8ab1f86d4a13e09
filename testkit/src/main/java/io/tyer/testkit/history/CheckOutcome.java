package io.tyer.testkit.history;

/**
 * A check that was done, or not.
 *
 * @param name what was checked
 * @param result how it ended
 * @param details what was seen, or why it was skipped
 */
public record CheckOutcome(String name, Result result, String details) {

  /** How a check ended. */
  public enum Result {
    /** What had to hold held. */
    PASSED,
    /** It did not. */
    FAILED,
    /** It was not done. */
    SKIPPED
  }
}
