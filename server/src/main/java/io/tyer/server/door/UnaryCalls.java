package io.tyer.server.door;

import com.google.protobuf.MessageLite;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.tyer.server.guard.Unread;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the calls of one request and one reply, of all clients together. A client that does not
 * send its request, or does not read its reply, keeps its place only for a while.
 */
final class UnaryCalls implements ServerInterceptor {

  private static final int KEPT_PLACES = 10;

  private final DoorLimits limits;
  private final Refused refused;
  private final Unread unread;
  private final AtomicInteger count = new AtomicInteger();
  private final Set<Running<?, ?>> running = ConcurrentHashMap.newKeySet();

  UnaryCalls(DoorLimits limits, Refused refused, Unread unread) {
    this.limits = limits;
    this.refused = refused;
    this.unread = unread;
  }

  /** How many there are. */
  int count() {
    return count.get();
  }

  /** Within {@link Caller}'s interceptor. */
  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (!call.getMethodDescriptor().getType().clientSendsOneMessage()) {
      return next.startCall(call, headers);
    }
    // Some places are kept for the operator, who may have to revoke the tokens of all the others.
    int most =
        Caller.current().by().isNone() ? limits.unaryCalls() : limits.unaryCalls() - KEPT_PLACES;
    if (count.incrementAndGet() > Math.max(1, most)) {
      count.decrementAndGet();
      refused.by(Bound.CALLS);
      call.close(
          Status.RESOURCE_EXHAUSTED.withDescription(
              "this server answers "
                  + limits.unaryCalls()
                  + " calls of one request at once, and has them: try again later"),
          new Metadata());
      return new ServerCall.Listener<>() {};
    }
    Running<Q, A> one = new Running<>(call, Caller.current());
    running.add(one);
    one.caller.whenEnded(
        () -> {
          running.remove(one);
          one.unreadBytes.end();
          count.decrementAndGet();
        });
    return one.listener(next.startCall(one, headers));
  }

  /** Drops clients that keep the server waiting. */
  void sweep(long now) {
    running.forEach(one -> one.sweep(now));
  }

  private final class Running<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final Caller caller;
    private volatile long waitingSince = System.nanoTime();
    private volatile boolean served;
    private volatile boolean replyDropped;
    private final Unread.Of unreadBytes = unread.new Of(this::drop);

    Running(ServerCall<Q, A> call, Caller caller) {
      super(call);
      this.caller = caller;
    }

    ServerCall.Listener<Q> listener(ServerCall.Listener<Q> to) {
      return new SimpleForwardingServerCallListener<>(to) {
        @Override
        public void onHalfClose() {
          served = true;
          super.onHalfClose();
        }
      };
    }

    /** What a client has not read counts until the call has ended: it is all in one message. */
    @Override
    public void sendMessage(A message) {
      if (unreadBytes.write(message instanceof MessageLite sized ? sized.getSerializedSize() : 0)) {
        super.sendMessage(message);
      } else {
        replyDropped = true;
      }
    }

    @Override
    public void close(Status status, Metadata trailers) {
      // gRPC takes a call that ends well without its reply for a failure of the server's.
      boolean gone = replyDropped && status.isOk();
      super.close(gone ? Status.CANCELLED : status, trailers);
      waitingSince = System.nanoTime();
      served = false;
    }

    void sweep(long now) {
      if (!served && now - waitingSince > limits.unreadFor().toNanos()) {
        drop();
      }
    }

    private void drop() {
      refused.by(Bound.SLOW);
      caller.reset("the client neither sends its request nor reads its reply");
    }
  }
}
