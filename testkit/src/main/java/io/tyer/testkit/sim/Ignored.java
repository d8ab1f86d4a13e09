package io.tyer.testkit.sim;

import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;

/** A reply that nobody waits for. */
final class Ignored {

  private Ignored() {}

  static <T> Reply<T> reply() {
    return new Reply<>() {
      @Override
      public void done(T value) {}

      @Override
      public void failed(StoreException failure) {}
    };
  }
}
