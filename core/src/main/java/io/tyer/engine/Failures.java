package io.tyer.engine;

import io.tyer.LeaseLostException;
import io.tyer.LossCause;
import io.tyer.OutcomeUnknownException;
import io.tyer.StoreRefusedException;
import io.tyer.StoreUnreachableException;
import io.tyer.TyerClosedException;
import io.tyer.TyerException;
import io.tyer.line.LockName;
import io.tyer.spi.StoreException;
import io.tyer.spi.TicketState;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
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

  /** Why a caller has not acquired a lock. */
  static RuntimeException of(Effect.Fail fail, LockName name, String store) {
    StoreException failure = fail.failure();
    String what = "lock " + name + " was not acquired";
    if (fail.why() == Effect.Why.CLIENT_CLOSED) {
      return closed(store);
    }
    if (fail.why() == Effect.Why.NOT_IN_TIME) {
      what += " in time";
    }
    return failure == null
        ? new OutcomeUnknownException(what + ": the store " + store + " has not answered", null)
        : toUser(what, failure);
  }

  /** Waits for the answer to a downgrade, and tells its user if that is none. */
  static TicketState ofDowngrade(
      String name, CompletableFuture<TicketState> answer, StorePort port) {
    try {
      return Futures.uninterruptibly(answer, 2 * port.operationTimeoutNanos(), port.surroundings());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException failure) {
        if (failure.kind() == StoreException.Kind.SESSION_DEAD) {
          throw new LeaseLostException(name, LossCause.SESSION_ENDED);
        }
        throw toUser("the lease of lock " + name + " was not downgraded", failure);
      }
      throw new IllegalStateException("downgrading failed", e);
    } catch (TimeoutException e) {
      throw new OutcomeUnknownException(
          "the store has not answered whether lock " + name + " was downgraded", e);
    }
  }

  static TyerClosedException closed(String store) {
    return new TyerClosedException("this client of " + store + " is closed", null);
  }

  static StoreException unanswered(String operation, String store, @Nullable Throwable cause) {
    return new StoreException(
        StoreException.Kind.UNKNOWN,
        "the store " + store + " has not answered in time (" + operation + ")",
        cause);
  }
}
