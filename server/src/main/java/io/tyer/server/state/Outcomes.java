package io.tyer.server.state;

import io.tyer.line.SessionId;

/** Outcomes of commands that have no effect. */
final class Outcomes {

  private Outcomes() {}

  static Outcome refused(String message) {
    return new Outcome.Failed(Outcome.Why.REFUSED, message);
  }

  static Outcome dead(SessionId id) {
    return new Outcome.Failed(
        Outcome.Why.SESSION_DEAD, "session " + id + " has ended, or was never opened");
  }

  static Outcome settled(long sequence, long settled) {
    return new Outcome.Failed(
        Outcome.Why.SETTLED,
        "command "
            + sequence
            + " came too late: the session has settled all commands below "
            + settled);
  }
}
