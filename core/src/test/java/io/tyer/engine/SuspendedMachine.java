package io.tyer.engine;

import io.tyer.spi.Surroundings;

/** A machine that may be said to have slept for an hour. */
final class SuspendedMachine extends ForwardingSurroundings {

  private static final long HOUR_MILLIS = 3_600_000;

  volatile boolean suspended;

  SuspendedMachine(Surroundings machine) {
    super(machine);
  }

  @Override
  public long wallMillis() {
    return super.wallMillis() + (suspended ? HOUR_MILLIS : 0);
  }
}
