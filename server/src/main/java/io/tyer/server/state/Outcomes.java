package io.tyer.server.state;

import io.tyer.line.SessionId;
import io.tyer.server.access.TokenId;

/** Outcomes of commands that have no effect. */
final class Outcomes {

  private Outcomes() {}

  static Outcome refused(String message) {
    return new Outcome.Failed(Outcome.Why.REFUSED, message);
  }

  static Outcome notKnown(TokenId by) {
    return new Outcome.Failed(
        Outcome.Why.NOT_KNOWN, "access token " + by + " has expired or was revoked");
  }

  /** Whether it is one of the two above. */
  static boolean isNotAllowed(Outcome outcome) {
    return outcome instanceof Outcome.Failed failed
        && (failed.why() == Outcome.Why.NOT_KNOWN || failed.why() == Outcome.Why.FORBIDDEN);
  }

  static Outcome full(TokenId by, int most, String what) {
    return refused("access token " + by + " may have " + most + " " + what + ", and has them");
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
