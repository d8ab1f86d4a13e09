package io.tyer.benchmarks.peers;

import io.tyer.TyerListener;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** Counts the requests that a client makes of its store. */
final class StoreCalls implements TyerListener {

  private final LongAdder all = new LongAdder();
  private final LongAdder beats = new LongAdder();

  @Override
  public void storeCall(String operation, Duration took, boolean succeeded) {
    all.increment();
    if (operation.equals("beat")) {
      beats.increment();
    }
  }

  long all() {
    return all.sum();
  }

  long beats() {
    return beats.sum();
  }
}
