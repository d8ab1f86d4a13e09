package io.tyer.server.log;

import io.tyer.server.replica.Answer;
import io.tyer.server.replica.Replica;
import io.tyer.server.state.Command;
import io.tyer.server.state.Outcome;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** An answer to wait for. */
final class Asked implements Answer {

  /** Why there is no outcome. */
  static final class Failed extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Replica.Failure failure;

    Failed(Replica.Failure failure, String message) {
      super(failure + ": " + message);
      this.failure = failure;
    }

    Replica.Failure failure() {
      return failure;
    }
  }

  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

  static Asked of(BiConsumer<Command, Answer> replica, Command command) {
    Asked asked = new Asked();
    replica.accept(command, asked);
    return asked;
  }

  Outcome get() throws Exception {
    return outcome.get(60, TimeUnit.SECONDS);
  }

  boolean isDone() {
    return outcome.isDone();
  }

  /** Empty if there is an outcome. */
  Optional<Replica.Failure> failure() throws Exception {
    try {
      get();
      return Optional.empty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Failed failed) {
        return Optional.of(failed.failure());
      }
      throw e;
    }
  }

  @Override
  public void done(Outcome came) {
    if (!outcome.complete(came)) {
      throw new IllegalStateException("answered twice");
    }
  }

  @Override
  public void failed(Replica.Failure failure, String message) {
    if (!outcome.completeExceptionally(new Failed(failure, message))) {
      throw new IllegalStateException("answered twice");
    }
  }
}
