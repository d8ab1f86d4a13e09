package io.tyer.spi;

import io.tyer.line.LockName;
import io.tyer.line.RequestId;

/** Takes notice of nothing. */
enum NoEvents implements SessionEvents {
  INSTANCE;

  @Override
  public void granted(LockName name, RequestId request, long number) {}

  @Override
  public void changed(LockName name) {}

  @Override
  public void changedAnywhere() {}

  @Override
  public void ended(String why) {}
}
