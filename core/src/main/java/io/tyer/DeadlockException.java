package io.tyer;

import java.io.Serial;

/**
 * This wait was ended since it could never have been granted: threads of this process, this one
 * among them, wait in a circle, each for what the next one holds. The message names each of them,
 * what it waits for, since when and where. Nothing was acquired and no ticket stays behind; what
 * the thread held before it still holds. The other threads go on once it has given that back; see
 * {@link Deadlocks}.
 */
public final class DeadlockException extends TyerException {

  @Serial private static final long serialVersionUID = 1L;

  /** With what there is to tell of all members. */
  public DeadlockException(String message) {
    super(message, null);
  }
}
