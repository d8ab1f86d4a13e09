package io.tyer.engine;

import org.jspecify.annotations.Nullable;

/**
 * A thread's wait in line that others may be part of a circle with: used once.
 *
 * @param number larger than that of every wait that was {@linkplain FlowWaits known} before
 * @param thread which waits
 * @param wanted for what
 * @param waiter as the name's rules know it
 * @param shell of that name
 */
record FlowWait(long number, Thread thread, Wanted wanted, Waiter waiter, NameShell shell) {

  /** By its number: no two are alike. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FlowWait wait && number == wait.number;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(number);
  }
}
