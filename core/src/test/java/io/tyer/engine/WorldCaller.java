package io.tyer.engine;

import io.tyer.LossCause;
import org.jspecify.annotations.Nullable;

/** A caller in a {@link NameWorld}, and how often it was told what came of it. */
final class WorldCaller extends Holding implements Waiter.End {
  int told;
  boolean holds;
  boolean lost;

  /** The ticket of another client that waited when it came; 0 if none did. */
  long waitedBefore;

  @Override
  @Nullable Thread thread() {
    return null;
  }

  @Override
  boolean ofOneThread() {
    return false;
  }

  @Override
  boolean open() {
    return true;
  }

  @Override
  boolean plain() {
    return true;
  }

  @Override
  boolean lose(LossCause cause) {
    lost = true;
    return true;
  }

  @Override
  void reportLoss(LossCause cause) {}

  @Override
  void tokenDrawn(long token) {}

  @Override
  void givenBack() {}

  @Override
  public void granted(LiveSession session) {}

  @Override
  public void busy() {}

  @Override
  public void cancelled() {}

  @Override
  public void failed(RuntimeException failure) {}
}
