package io.tyer.testkit.sim;

import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import org.jspecify.annotations.Nullable;

/** What a request was answered, to be passed on later; the last answer counts. */
final class Answer<T> implements Reply<T> {

  private @Nullable T value;
  private @Nullable StoreException failure;

  @Override
  public void done(T answer) {
    value = answer;
    failure = null;
  }

  @Override
  public void failed(StoreException why) {
    failure = why;
    value = null;
  }

  void passOn(Reply<T> reply) {
    T answer = value;
    if (answer != null) {
      reply.done(answer);
    } else {
      reply.failed(
          failure == null
              ? new StoreException(StoreException.Kind.UNKNOWN, "not answered")
              : failure);
    }
  }
}
