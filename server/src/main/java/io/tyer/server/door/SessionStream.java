package io.tyer.server.door;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.tyer.line.SessionId;
import io.tyer.protocol.v1.ClientMessage;
import io.tyer.protocol.v1.Failure;
import io.tyer.protocol.v1.Redirect;
import io.tyer.protocol.v1.Reply;
import io.tyer.protocol.v1.ServerMessage;
import io.tyer.server.access.TokenId;
import io.tyer.server.guard.Guard;
import io.tyer.server.guard.Rate;
import io.tyer.server.replica.Answer;
import io.tyer.server.replica.Replica;
import io.tyer.server.replica.Submission;
import io.tyer.server.replica.Uncaught;
import io.tyer.server.state.Command;
import io.tyer.server.state.Notice;
import io.tyer.server.state.Outcome;
import io.tyer.spi.SessionSecret;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream, and the session that it carries once its first message has proved it. Messages come one
 * after another; answers, notices and ends come from any thread.
 */
final class SessionStream implements StreamObserver<ClientMessage> {

  private static final Logger LOG = LoggerFactory.getLogger(SessionStream.class);

  private final Streams streams;
  private final DoorLimits limits;
  private final Guard guard;
  private final Refused refused;
  private final Caller caller;
  private final ServerCallStreamObserver<ServerMessage> observer;
  private final Outbound out;
  private final Rate rate;

  /** Requests that are worked on, and one more as long as there may be further ones. */
  private final AtomicInteger open = new AtomicInteger(1);

  private volatile @Nullable SessionId session;
  private volatile boolean alive;
  private volatile long notAliveSince = System.nanoTime();

  SessionStream(
      Streams streams,
      DoorLimits limits,
      Guard guard,
      Refused refused,
      Caller caller,
      ServerCallStreamObserver<ServerMessage> observer,
      Outbound out) {
    this.streams = streams;
    this.limits = limits;
    this.guard = guard;
    this.refused = refused;
    this.caller = caller;
    this.observer = observer;
    this.out = out;
    this.rate = new Rate(limits.requestsPerSecond(), notAliveSince);
  }

  /** Reads as many messages as may be worked on at once; each that is answered lets in another. */
  void begin() {
    observer.disableAutoRequest();
    observer.setOnCancelHandler(this::gone);
    observer.setOnReadyHandler(out::ready);
    observer.request(limits.unanswered());
  }

  /** A message, perhaps with more; null for one that could not be read. */
  @Override
  public void onNext(@Nullable ClientMessage message) {
    if (out.isClosed()) {
      return;
    }
    if (message == null) {
      end(ReadableCalls.REFUSAL);
      return;
    }
    if (message.getMoreCount() >= Outbound.MAX_PACK) {
      close(
          Status.INVALID_ARGUMENT,
          "a message has at most " + (Outbound.MAX_PACK - 1) + " more messages");
      return;
    }
    Pack pack = new Pack(1 + message.getMoreCount());
    try {
      pack.take(message);
      for (ClientMessage more : message.getMoreList()) {
        pack.takeMore(more);
      }
      if (!pack.commands.isEmpty()) {
        streams.submit(pack.commands);
      }
    } catch (RuntimeException | Error e) {
      broken(e);
    }
  }

  /** Whose message it is; null, and the stream ends, if that is not proved. */
  private @Nullable SessionId prove(ClientMessage message) {
    ByteString secret =
        switch (message.getMessageCase()) {
          case OPEN -> message.getOpen().getSecret();
          case ATTACH -> message.getAttach().getSecret();
          default -> null;
        };
    if (secret == null) {
      if (session == null) {
        close(Status.INVALID_ARGUMENT, "a stream begins with Open or Attach");
      }
      return session;
    }
    SessionId proved;
    try {
      proved = SessionSecret.of(secret.toByteArray()).publicId();
    } catch (IllegalArgumentException e) {
      close(Status.INVALID_ARGUMENT, String.valueOf(e.getMessage()));
      return null;
    }
    out.takesPacks(message.getOpen().getPacks() || message.getAttach().getPacks());
    if (session == null) {
      session = proved;
      return streams.carry(proved, this) ? proved : null;
    }
    if (!session.equals(proved)) {
      close(Status.INVALID_ARGUMENT, "a stream carries one session: use another stream");
      return null;
    }
    return proved;
  }

  @Override
  public void onError(Throwable gone) {
    gone();
  }

  @Override
  public void onCompleted() {
    settle();
  }

  /** Under which token it was begun. */
  TokenId by() {
    return caller.by();
  }

  void tell(Notice notice) {
    if (notice instanceof Notice.Ended) {
      setAlive(false);
    }
    out.send(ServerMessage.newBuilder().setEvent(Replies.event(notice)).build());
  }

  /** Sends the client to the leader, and ends. */
  void redirect(String leader) {
    out.sendLast(
        ServerMessage.newBuilder().setRedirect(Redirect.newBuilder().setLeader(leader)).build());
    streams.forget(session, this);
  }

  void close(Status status, String why) {
    end(status.withDescription(why));
  }

  private void end(Status status) {
    out.close(status);
    streams.forget(session, this);
  }

  /** Drops a client that does not read, or that has no session. */
  void sweep(long now) {
    out.dropIfSlow(now);
    boolean idle = open.get() <= 1 && !alive;
    if (idle && now - notAliveSince > limits.withoutSession().toNanos()) {
      refused.by(Bound.SESSIONLESS);
      close(
          Status.DEADLINE_EXCEEDED,
          "a stream carries a live session: send Open or Attach within "
              + limits.withoutSession().toMillis()
              + " ms");
    } else if (out.isClosed()) {
      streams.forget(session, this);
    }
  }

  private void gone() {
    out.gone();
    streams.forget(session, this);
  }

  private void setAlive(boolean now) {
    if (alive && !now) {
      notAliveSince = System.nanoTime();
    }
    alive = now;
  }

  /** One thing less is open; when nothing is, both sides have said all. */
  private void settle() {
    if (open.decrementAndGet() == 0) {
      out.close(Status.OK);
      streams.forget(session, this);
    }
  }

  /** Ends the stream: what it was to be told is lost. */
  void broken(Throwable e) {
    Uncaught.tell(e);
    LOG.error("A stream of session {} is ended", session, e);
    close(Status.INTERNAL, "the server has failed; its log says how");
  }

  /** What has come as one message; the next one may come when all of it is answered. */
  private final class Pack {

    private final List<Submission> commands = new ArrayList<>();
    private final AtomicInteger unanswered;

    Pack(int messages) {
      unanswered = new AtomicInteger(messages);
    }

    void takeMore(ClientMessage message) {
      if (message.getMoreCount() > 0) {
        close(Status.INVALID_ARGUMENT, "a message among more has no more itself");
      } else if (!out.isClosed()) {
        take(message);
      }
    }

    void take(ClientMessage message) {
      int working = open.incrementAndGet();
      Request request = new Request(message, this);
      try {
        SessionId proved = prove(message);
        if (proved == null) {
          return;
        }
        long now = System.nanoTime();
        if (!rate.take(now)) {
          refused.by(Bound.RATE);
          request.refuse(
              Failure.Kind.UNAVAILABLE,
              "more than " + limits.requestsPerSecond() + " requests a second on one stream: wait");
        } else if (isBounded(message) && !guard.take(caller.by(), now)) {
          refused.by(Bound.RATE);
          request.refuse(
              Failure.Kind.UNAVAILABLE,
              "more requests a second than the quota of token " + caller.by() + ": wait");
        } else if (working > 1 + 2 * limits.unanswered()) {
          refused.by(Bound.UNANSWERED);
          request.refuse(
              Failure.Kind.UNAVAILABLE,
              "more than " + 2 * limits.unanswered() + " requests without an answer: wait");
        } else {
          Command command = Requests.command(proved, message, caller.by());
          commands.add(new Submission(command, request, caller.by()));
        }
      } catch (IllegalArgumentException e) {
        request.refuse(Failure.Kind.REFUSED, String.valueOf(e.getMessage()));
      }
    }

    /** To come back to a session, and to give back, is never too much. */
    private static boolean isBounded(ClientMessage message) {
      return switch (message.getMessageCase()) {
        case ATTACH, LEAVE, END -> false;
        default -> true;
      };
    }

    void answered() {
      if (unanswered.decrementAndGet() == 0) {
        observer.request(1);
      }
    }
  }

  /** One message that is worked on. */
  private final class Request implements Answer {

    private final Pack pack;
    private final long sequence;
    private final boolean ends;

    Request(ClientMessage message, Pack pack) {
      this.pack = pack;
      this.sequence = message.getSequence();
      this.ends = message.hasEnd();
    }

    @Override
    public void done(Outcome outcome) {
      try {
        if (outcome instanceof Outcome.Alive || outcome instanceof Outcome.Attached) {
          setAlive(true);
        } else if (ends || isDead(outcome)) {
          setAlive(false);
        }
        if (outcome instanceof Outcome.Failed failed) {
          guard.audit().refused(caller.peer(), caller.by(), failed);
        }
        Reply reply = Replies.reply(sequence, outcome);
        if (sequence != 0) {
          out.gather(ServerMessage.newBuilder().setReply(reply).build());
        }
        answered();
      } catch (RuntimeException | Error e) {
        broken(e);
      }
    }

    @Override
    public void flush() {
      out.flush();
    }

    @Override
    public void failed(Replica.Failure failure, String message) {
      try {
        if (failure == Replica.Failure.BUSY) {
          refused.by(Bound.QUEUE);
        }
        if (failure == Replica.Failure.NOT_LEADING) {
          redirect(streams.leader());
        } else {
          answer(Replies.failed(sequence, failure, message));
        }
      } catch (RuntimeException | Error e) {
        broken(e);
      }
    }

    void refuse(Failure.Kind kind, String why) {
      if (sequence == 0) {
        // Nothing else could tell the client.
        close(Status.INVALID_ARGUMENT, why);
      } else {
        answer(Replies.refused(sequence, kind, why));
      }
    }

    private void answer(Reply reply) {
      if (sequence != 0) {
        out.send(ServerMessage.newBuilder().setReply(reply).build());
      }
      answered();
    }

    private void answered() {
      settle();
      pack.answered();
    }

    private static boolean isDead(Outcome outcome) {
      return outcome instanceof Outcome.Failed failed && failed.why() == Outcome.Why.SESSION_DEAD;
    }
  }
}
