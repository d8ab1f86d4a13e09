package io.tyer.testkit.sim;

import java.io.Serial;

/** A promise of the design did not hold. */
public final class PromiseBroken extends AssertionError {

  @Serial private static final long serialVersionUID = 1L;

  private final String promise;

  PromiseBroken(String promise, String how) {
    super(promise + ": " + how);
    this.promise = promise;
  }

  PromiseBroken(String promise, String how, Throwable cause) {
    super(promise + ": " + how, cause);
    this.promise = promise;
  }

  /** Which one, for example {@code S1}. */
  public String promise() {
    return promise;
  }
}
