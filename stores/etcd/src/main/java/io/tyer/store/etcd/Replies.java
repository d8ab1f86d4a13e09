package io.tyer.store.etcd;

import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import java.util.function.Consumer;

/** Replies that do something with an answer first. */
final class Replies {

  private Replies() {}

  /** Does this with an answer; a failure is passed on. */
  static <A> Reply<A> then(Reply<?> failures, Consumer<A> next) {
    return new Reply<>() {
      @Override
      public void done(A value) {
        next.accept(value);
      }

      @Override
      public void failed(StoreException failure) {
        failures.failed(failure);
      }
    };
  }

  /** Whatever comes of it. */
  static <A> Reply<A> none() {
    return new Reply<>() {
      @Override
      public void done(A value) {}

      @Override
      public void failed(StoreException failure) {}
    };
  }
}
