package io.tyer.engine;

import io.tyer.LossCause;
import io.tyer.line.RequestId;
import org.jspecify.annotations.Nullable;

/** What a granted caller holds, as a name's state knows it: a lease, by which ticket it is held. */
abstract class Holding {

  /** The ticket's request; written and read by the name's state only. */
  @Nullable RequestId under;

  // ---- what the shell tells it

  /** Final; false if it was closed, or lost before. */
  abstract boolean lose(LossCause cause);

  /** Of a loss that was told, in the log and to the listener. */
  abstract void reportLoss(LossCause cause);

  abstract void tokenDrawn(long token);

  /** What was given back has left the store, or need not leave it. */
  abstract void givenBack();

  // ---- what the rules ask

  /** The thread that acquired it; null if it was acquired without one. */
  abstract @Nullable Thread thread();

  /** Whether only that thread gives it back. */
  abstract boolean ofOneThread();

  /** Whether it is neither closed nor lost. */
  abstract boolean open();

  /** Whether to give it back is all there is to do when it is closed. */
  abstract boolean plain();
}
