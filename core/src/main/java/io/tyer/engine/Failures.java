package io.tyer.engine;

import io.tyer.OutcomeUnknownException;
import io.tyer.StoreRefusedException;
import io.tyer.StoreUnreachableException;
import io.tyer.TyerException;
import io.tyer.spi.StoreException;
import org.jspecify.annotations.Nullable;

/** What a user is told when a store fails. */
final class Failures {

  private Failures() {}

  /** A new exception for each caller, since stack traces are theirs. */
  static TyerException toUser(String what, StoreException failure) {
    String message = what + ": " + failure.getMessage();
    return switch (failure.kind()) {
      case UNREACHABLE -> new StoreUnreachableException(message, failure);
      case UNKNOWN, SESSION_DEAD -> new OutcomeUnknownException(message, failure);
      case REFUSED -> new StoreRefusedException(message, failure);
    };
  }

  static StoreException unanswered(String operation, String store, @Nullable Throwable cause) {
    return new StoreException(
        StoreException.Kind.UNKNOWN,
        "the store " + store + " has not answered in time (" + operation + ")",
        cause);
  }
}
