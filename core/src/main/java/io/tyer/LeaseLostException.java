package io.tyer;

import java.io.Serial;

/**
 * The lease is lost, for good: somebody else may hold the lock now. Stop what it protected;
 * whatever is still under way is protected only where the fencing token is checked.
 */
public final class LeaseLostException extends TyerException {

  @Serial private static final long serialVersionUID = 1L;

  private final LossCause lossCause;

  /** For the named lock. */
  public LeaseLostException(String name, LossCause lossCause) {
    super("the lease of lock " + name + " is lost: " + lossCause.explanation(), null);
    this.lossCause = lossCause;
  }

  /** Why it was lost. */
  public LossCause lossCause() {
    return lossCause;
  }
}
