package io.tyer.checks.sample;

import io.tyer.checks.sample.engine.GoodEngine;

/** Not allowed: the API does not know the engine. */
public interface BadApi {
  GoodEngine engine();
}
