package io.tyer.server.log;

import io.tyer.server.replica.Answer;
import io.tyer.server.replica.Replica;
import io.tyer.server.replica.Uncaught;
import io.tyer.server.state.Command;
import io.tyer.server.state.Outcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A command that waits for its answer. Whatever becomes of that, others get theirs.
 *
 * @param refused why it goes into no entry; null if it does
 */
record Pending(Command command, Answer answer, Outcome.@Nullable Failed refused) {

  private static final Logger LOG = LoggerFactory.getLogger(Pending.class);

  /** One that nobody waits for. */
  static final Answer NOBODY =
      new Answer() {
        @Override
        public void done(Outcome outcome) {}

        @Override
        public void failed(Replica.Failure failure, String message) {}
      };

  Pending(Command command, Answer answer) {
    this(command, answer, null);
  }

  /** Says why it goes into no entry. */
  void refuse() {
    Outcome.Failed why = refused;
    if (why != null) {
      done(why);
      flush();
    }
  }

  void done(Outcome outcome) {
    try {
      answer.done(outcome);
    } catch (RuntimeException | Error e) {
      Uncaught.tell(e);
      LOG.error("An answer to {} was not taken", command, e);
    }
  }

  void flush() {
    try {
      answer.flush();
    } catch (RuntimeException | Error e) {
      Uncaught.tell(e);
      LOG.error("An answer to {} was not sent", command, e);
    }
  }

  void failed(Replica.Failure failure, String message) {
    try {
      answer.failed(failure, message);
    } catch (RuntimeException | Error e) {
      Uncaught.tell(e);
      LOG.error("A failure of {} was not taken", command, e);
    }
  }
}
