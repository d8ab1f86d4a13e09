package io.tyer.server.log;

import io.tyer.server.replica.Answer;
import io.tyer.server.replica.Replica;
import io.tyer.server.state.Command;
import io.tyer.server.state.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A command that waits for its answer. */
record Pending(Command command, Answer answer) {

  private static final Logger LOG = LoggerFactory.getLogger(Pending.class);

  /** One that nobody waits for. */
  static final Answer NOBODY =
      new Answer() {
        @Override
        public void done(Outcome outcome) {}

        @Override
        public void failed(Replica.Failure failure, String message) {}
      };

  void done(Outcome outcome) {
    try {
      answer.done(outcome);
    } catch (RuntimeException e) {
      LOG.error("An answer to {} was not taken", command, e);
    }
  }

  void flush() {
    try {
      answer.flush();
    } catch (RuntimeException e) {
      LOG.error("An answer to {} was not sent", command, e);
    }
  }

  void failed(Replica.Failure failure, String message) {
    try {
      answer.failed(failure, message);
    } catch (RuntimeException e) {
      LOG.error("A failure of {} was not taken", command, e);
    }
  }
}
