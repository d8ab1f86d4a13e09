package io.tyer.store.etcd;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request with one answer. A method that may stream answers is asked for the first of them.
 *
 * @param <Q> what is asked
 * @param <A> what is answered
 */
final class Request<Q, A> {

  private static final long SHORTEST_ATTEMPT = Duration.ofMillis(500).toNanos();

  private final Calls calls;
  private final MethodDescriptor<Q, A> method;
  private final Q request;
  private final boolean changes;
  private final Reply<A> reply;
  private final long deadline;

  // One attempt at a time, each after the other's end.
  private int attempts;
  private boolean tokenRenewed;

  Request(Calls calls, MethodDescriptor<Q, A> method, Q request, boolean changes, Reply<A> reply) {
    this.calls = calls;
    this.method = method;
    this.request = request;
    this.changes = changes;
    this.reply = reply;
    this.deadline = calls.surroundings().nanoTime() + calls.settings().operationTimeout().toNanos();
  }

  void begin() {
    Members.Link link = calls.members().current();
    if (link == null) {
      reply.failed(calls.failures().closed());
      return;
    }
    long nanos = attemptNanos();
    calls
        .tokens()
        .with(
            link,
            nanos,
            new Tokens.Waiting() {
              @Override
              public void have(Metadata headers) {
                call(link, nanos, headers);
              }

              @Override
              public void failed(Status status) {
                ended(link, status, false);
              }
            });
  }

  /** A member that keeps silent is not to keep the client from the others. */
  private long attemptNanos() {
    long all = calls.settings().operationTimeout().toNanos();
    long left = Math.max(deadline - calls.surroundings().nanoTime(), 1);
    int count = calls.members().count();
    long share = count == 1 ? all : all / (changes ? 2 : count);
    return Math.min(left, Math.max(share, SHORTEST_ATTEMPT));
  }

  private void call(Members.Link link, long nanos, Metadata headers) {
    Trace trace = new Trace();
    ClientCall<Q, A> call =
        link.channel()
            .newCall(
                method,
                CallOptions.DEFAULT
                    .withDeadlineAfter(nanos, TimeUnit.NANOSECONDS)
                    .withStreamTracerFactory(trace));
    call.start(
        new ClientCall.Listener<>() {
          private @Nullable A answer;

          @Override
          public void onMessage(A message) {
            answer = answer == null ? message : answer;
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            A got = answer;
            if (got != null) {
              reply.done(got);
            } else if (Failures.isOldToken(status) && !tokenRenewed) {
              tokenRenewed = true;
              calls.tokens().drop(headers);
              begin();
            } else {
              // An answer that is none is one that this client does not understand.
              ended(
                  link,
                  status.isOk() ? Status.INTERNAL.withDescription("no answer came") : status,
                  trace.left);
            }
          }
        },
        headers);
    call.request(2);
    call.sendMessage(request);
    call.halfClose();
  }

  private void ended(Members.Link link, Status status, boolean arrived) {
    boolean timeIsLeft = deadline - calls.surroundings().nanoTime() > 0;
    if (!arrived && timeIsLeft && calls.members().isReplaced(link)) {
      // Somebody else gave that connection up before this request was sent.
      begin();
      return;
    }
    StoreException failure = calls.failures().of(link.member(), status, arrived, changes);
    boolean elsewhere = failure.kind() == Kind.UNREACHABLE || failure.kind() == Kind.UNKNOWN;
    if (elsewhere) {
      calls.members().failed(link);
    }
    attempts++;
    boolean again =
        failure.kind() == Kind.UNREACHABLE && attempts < calls.members().count() && timeIsLeft;
    if (again) {
      begin();
    } else {
      reply.failed(failure);
    }
  }

  /** Notes whether anything left this process. */
  private static final class Trace extends ClientStreamTracer.Factory {
    private volatile boolean left;

    @Override
    public ClientStreamTracer newClientStreamTracer(
        ClientStreamTracer.StreamInfo info, Metadata headers) {
      return new ClientStreamTracer() {
        @Override
        public void outboundHeaders() {
          left = true;
        }
      };
    }
  }
}
