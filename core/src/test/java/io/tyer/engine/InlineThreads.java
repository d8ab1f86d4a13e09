package io.tyer.engine;

import io.tyer.spi.Surroundings;
import java.util.concurrent.Executor;

/** The real surroundings, but what would get a thread of its own runs where it is started. */
final class InlineThreads extends ForwardingSurroundings {

  InlineThreads(Surroundings real) {
    super(real);
  }

  @Override
  public Executor callbacks() {
    return Runnable::run;
  }

  @Override
  public void startThread(String purpose, Runnable task) {
    task.run();
  }
}
