package io.tyer.checks.sample.store.memory;

import io.tyer.checks.sample.engine.GoodEngine;
import java.util.logging.Level;

/** Not allowed: a store does not know the engine, and core no module but java.base. */
public interface BadStore {
  void given(GoodEngine[] engines);

  Level level();
}
