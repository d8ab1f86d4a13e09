package io.tyer.testkit.sim;

import io.tyer.line.LockName;

/** A lock that the simulated clients quarrel about. */
record SimLock(LockName name, Kind kind, int permits) {

  enum Kind {
    MUTEX,
    READ_WRITE,
    SEMAPHORE,
    /** All of them under one name. */
    MIXED
  }

  boolean exclusives() {
    return kind != Kind.SEMAPHORE;
  }

  boolean readers() {
    return kind == Kind.READ_WRITE || kind == Kind.MIXED;
  }

  boolean permitted() {
    return kind == Kind.SEMAPHORE || kind == Kind.MIXED;
  }
}
