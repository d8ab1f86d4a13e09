package io.tyer.server.door;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.tyer.protocol.Headers;
import io.tyer.server.guard.Guard;
import io.tyer.server.replica.Answer;
import io.tyer.server.replica.Replica;
import io.tyer.server.replica.Submission;
import io.tyer.server.replica.Uncaught;
import io.tyer.server.state.Command;
import io.tyer.server.state.Outcome;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a call of one request and one reply by what comes of a command. */
final class Unary<T> implements Answer {

  private static final Logger LOG = LoggerFactory.getLogger(Unary.class);

  private final Streams streams;
  private final Guard guard;
  private final Caller caller;
  private final StreamObserver<T> responses;
  private final Function<Outcome, T> reply;

  private Unary(
      Streams streams,
      Guard guard,
      Caller caller,
      StreamObserver<T> responses,
      Function<Outcome, T> reply) {
    this.streams = streams;
    this.guard = guard;
    this.caller = caller;
    this.responses = responses;
    this.reply = reply;
  }

  /** Submits the command; what it refuses with an IllegalArgumentException is told the client. */
  static <T> void ask(
      Streams streams,
      Guard guard,
      Caller caller,
      StreamObserver<T> responses,
      Supplier<Command> command,
      Function<Outcome, T> reply) {
    mayBeCancelled(responses);
    try {
      streams.submit(
          List.of(
              new Submission(
                  command.get(),
                  new Unary<>(streams, guard, caller, responses, reply),
                  caller.by())));
    } catch (IllegalArgumentException refused) {
      responses.onError(invalid(refused));
    } catch (RuntimeException | Error e) {
      responses.onError(broken(e));
    }
  }

  @Override
  public void done(Outcome outcome) {
    try {
      if (outcome instanceof Outcome.Failed failed) {
        guard.audit().refused(caller.peer(), caller.by(), failed);
        responses.onError(status(failed).withDescription(failed.message()).asRuntimeException());
      } else {
        responses.onNext(reply.apply(outcome));
        responses.onCompleted();
      }
    } catch (RuntimeException | Error e) {
      responses.onError(broken(e));
    }
  }

  private static Status status(Outcome.Failed failed) {
    return switch (failed.why()) {
      case NOT_KNOWN -> Status.UNAUTHENTICATED;
      case FORBIDDEN -> Status.PERMISSION_DENIED;
      case SESSION_DEAD, REFUSED, SETTLED -> Status.FAILED_PRECONDITION;
    };
  }

  @Override
  public void failed(Replica.Failure failure, String message) {
    switch (failure) {
      case NOT_LEADING -> responses.onError(notLeading(streams));
      case BUSY ->
          responses.onError(
              Status.RESOURCE_EXHAUSTED.withDescription(message).asRuntimeException());
      case UNKNOWN ->
          responses.onError(Status.UNKNOWN.withDescription(message).asRuntimeException());
    }
  }

  /** Answers at once, by what the member says. */
  static <T> void answer(Streams streams, StreamObserver<T> responses, Function<Replica, T> reply) {
    T message;
    try {
      Replica replica = streams.replica().orElse(null);
      if (replica == null) {
        responses.onError(notLeading(streams));
        return;
      }
      message = reply.apply(replica);
    } catch (RuntimeException | Error e) {
      responses.onError(broken(e));
      return;
    }
    responses.onNext(message);
    responses.onCompleted();
  }

  /** A reply to whoever is gone is dropped, rather than thrown as an exception of the server's. */
  static <T> void mayBeCancelled(StreamObserver<T> responses) {
    ((ServerCallStreamObserver<T>) responses).setOnCancelHandler(() -> {});
  }

  static StatusRuntimeException invalid(IllegalArgumentException refused) {
    return Status.INVALID_ARGUMENT.withDescription(refused.getMessage()).asRuntimeException();
  }

  static StatusRuntimeException notLeading(Streams streams) {
    String leader = streams.leader();
    Metadata trailers = new Metadata();
    trailers.put(Headers.LEADER, leader);
    return Status.UNAVAILABLE
        .withDescription(
            "this member does not lead; "
                + (leader.isEmpty() ? "no leader is known" : "the leader is at " + leader))
        .asRuntimeException(trailers);
  }

  /** What went wrong is the server's secret. */
  static StatusRuntimeException broken(Throwable e) {
    Uncaught.tell(e);
    LOG.error("A call has failed", e);
    return Status.INTERNAL
        .withDescription("the server has failed; its log says how")
        .asRuntimeException();
  }
}
