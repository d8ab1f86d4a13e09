package io.tyer.checks.sample;

import io.tyer.checks.sample.engine.GoodEngine;

/** Allowed: the composition root. */
public final class Tyer {
  public static Object engine() {
    return new GoodEngine();
  }

  private Tyer() {}
}
