package io.tyer.testkit.ordered;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What came of a request that answers before it returns, if it answers. */
final class Outcome<T> {

  private @Nullable T value;
  private @Nullable StoreException failure;
  private int replies;

  static <T> Outcome<T> of(Consumer<Reply<T>> request) {
    Outcome<T> outcome = new Outcome<>();
    request.accept(
        new Reply<>() {
          @Override
          public void done(T value) {
            outcome.replies++;
            outcome.value = value;
          }

          @Override
          public void failed(StoreException failure) {
            outcome.replies++;
            outcome.failure = failure;
          }
        });
    assertThat(outcome.replies).as("replies").isLessThanOrEqualTo(1);
    return outcome;
  }

  boolean done() {
    return value != null;
  }

  T value() {
    if (failure != null) {
      throw new AssertionError("failed: " + failure.kind() + " " + failure.getMessage(), failure);
    }
    return Objects.requireNonNull(value, "no answer");
  }

  /** Of a request that was not done; one without an answer is unknown. */
  StoreException.Kind kind() {
    assertThat(value).isNull();
    return failure == null ? StoreException.Kind.UNKNOWN : failure.kind();
  }

  boolean dead() {
    return failure != null && failure.kind() == StoreException.Kind.SESSION_DEAD;
  }
}
