package io.tyer.store.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A reply that has come: exactly one, before the request returned. */
final class Answer<T> {

  private final @Nullable T value;
  private final @Nullable StoreException failure;

  private Answer(@Nullable T value, @Nullable StoreException failure) {
    this.value = value;
    this.failure = failure;
  }

  static <T> Answer<T> of(Consumer<Reply<T>> request) {
    int[] replies = {0};
    Answer<?>[] answer = {null};
    request.accept(
        new Reply<>() {
          @Override
          public void done(T value) {
            replies[0]++;
            answer[0] = new Answer<>(value, null);
          }

          @Override
          public void failed(StoreException failure) {
            replies[0]++;
            answer[0] = new Answer<T>(null, failure);
          }
        });
    assertThat(replies[0]).as("replies").isEqualTo(1);
    @SuppressWarnings("unchecked")
    Answer<T> typed = (Answer<T>) answer[0];
    if (typed == null) {
      throw new AssertionError("no reply");
    }
    return typed;
  }

  /** What was answered; the test fails if the request did. */
  T value() {
    if (failure != null) {
      throw new AssertionError("failed: " + failure.kind() + " " + failure.getMessage(), failure);
    }
    if (value == null) {
      throw new AssertionError("answered null");
    }
    return value;
  }

  boolean failed() {
    return failure != null;
  }

  StoreException failure() {
    if (failure == null) {
      throw new AssertionError("answered " + value);
    }
    return failure;
  }
}
