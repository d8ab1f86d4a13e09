package io.tyer.server.http;

import io.tyer.server.replica.Answer;
import io.tyer.server.replica.Replica;
import io.tyer.server.replica.Submission;
import io.tyer.server.state.Command;
import io.tyer.server.state.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What came of commands that were submitted together. */
sealed interface Came {

  /** Of each of them, in their order. */
  record Outcomes(List<Outcome> all) implements Came {}

  /** Of at least one there is no outcome. Unless it is UNKNOWN, none of them had an effect. */
  record Nothing(Replica.Failure failure, String message) implements Came {}

  /**
   * Submits commands.
   *
   * @param then told what came of them all, once, by the executor
   */
  static void of(Group group, List<Command> commands, Executor executor, Consumer<Came> then) {
    Gathering gathering = new Gathering(commands.size(), executor, then);
    List<Submission> together = new ArrayList<>();
    for (int i = 0; i < commands.size(); i++) {
      together.add(new Submission(commands.get(i), gathering.answer(i)));
    }
    group.submit(together);
  }

  /** Submits one command; where it has no effect, or no outcome, the client is told so. */
  static void one(Api api, Call call, Command command, Consumer<Outcome> then) {
    of(
        api.group(),
        List.of(command),
        api.executor(),
        came -> {
          if (came instanceof Nothing nothing) {
            call.refuse(nothing);
          } else if (came instanceof Outcomes outcomes
              && outcomes.all().get(0) instanceof Outcome.Failed failed) {
            call.refuse(failed);
          } else if (came instanceof Outcomes outcomes) {
            then.accept(outcomes.all().get(0));
          }
        });
  }

  /** Collects answers, which come on any thread. */
  final class Gathering {

    private final AtomicReferenceArray<@Nullable Outcome> outcomes;
    private final AtomicReferenceArray<@Nullable Nothing> failures;
    private final AtomicInteger missing;
    private final Executor executor;
    private final Consumer<Came> then;

    private Gathering(int count, Executor executor, Consumer<Came> then) {
      this.outcomes = new AtomicReferenceArray<>(count);
      this.failures = new AtomicReferenceArray<>(count);
      this.missing = new AtomicInteger(count);
      this.executor = executor;
      this.then = then;
    }

    private Answer answer(int index) {
      return new Answer() {
        @Override
        public void done(Outcome outcome) {
          outcomes.set(index, outcome);
          one();
        }

        @Override
        public void failed(Replica.Failure failure, String message) {
          failures.set(index, new Nothing(failure, message));
          one();
        }
      };
    }

    private void one() {
      if (missing.decrementAndGet() == 0) {
        Came came = came();
        executor.execute(() -> then.accept(came));
      }
    }

    private Came came() {
      List<Outcome> done = new ArrayList<>();
      Nothing failed = null;
      for (int i = 0; i < outcomes.length(); i++) {
        Outcome outcome = outcomes.get(i);
        Nothing failure = failures.get(i);
        if (outcome != null) {
          done.add(outcome);
        } else if (failure != null
            && (failed == null || failure.failure() == Replica.Failure.UNKNOWN)) {
          failed = failure;
        }
      }
      if (failed == null) {
        return new Outcomes(done);
      }
      return done.isEmpty() ? failed : new Nothing(Replica.Failure.UNKNOWN, failed.message());
    }
  }
}
