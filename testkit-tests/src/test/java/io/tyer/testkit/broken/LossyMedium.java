package io.tyer.testkit.broken;

import io.tyer.store.record.Hint;
import io.tyer.store.record.RecordMedium;
import java.util.concurrent.atomic.AtomicInteger;

/** Loses every second hint, beginning with the first. */
final class LossyMedium extends PassingMedium {

  private final AtomicInteger hints = new AtomicInteger();

  LossyMedium(RecordMedium medium) {
    super(medium);
  }

  @Override
  public void hint(Hint hint) {
    if (hints.getAndIncrement() % 2 != 0) {
      super.hint(hint);
    }
  }
}
