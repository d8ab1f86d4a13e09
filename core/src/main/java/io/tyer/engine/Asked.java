package io.tyer.engine;

import io.tyer.line.Ask;
import io.tyer.line.RequestId;
import io.tyer.spi.StoreException;

/**
 * By what a ticket was asked for: the same in every attempt.
 *
 * @param onlyIfFree whether it is taken only if it is granted at once
 */
record Asked(OpenSession session, Ask ask, boolean onlyIfFree) {

  RequestId request() {
    return ask.request();
  }

  Effect.Enter enter() {
    return new Effect.Enter(session, ask, onlyIfFree);
  }

  /** By request only if the number is 0: the answer to enter was lost. */
  Effect.Leave leave(long number, long now) {
    return new Effect.Leave(session, request(), number, now);
  }

  Effect.Check check(long number) {
    return new Effect.Check(session, request(), number);
  }

  /** Whether it is of no use any more: its session is over, or has ended by this failure. */
  boolean over(StoreException failure, Step step) {
    if (step.over(session)) {
      return true;
    }
    boolean ends = failure.kind() == StoreException.Kind.SESSION_DEAD;
    if (ends) {
      step.emit(new Effect.SessionEnded(session, failure));
    }
    return ends;
  }
}
