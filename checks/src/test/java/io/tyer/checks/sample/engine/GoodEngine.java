package io.tyer.checks.sample.engine;

import io.tyer.checks.sample.BadApi;
import io.tyer.checks.sample.line.BadLine;

/** Allowed: the engine knows the API and the line. */
public class GoodEngine {
  public Object both(BadApi api, BadLine line) {
    return api.hashCode() + line.hashCode();
  }
}
