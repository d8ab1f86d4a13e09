package io.tyer.server.door;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tyer.protocol.Headers;
import io.tyer.server.access.TokenId;
import io.tyer.server.guard.Guard;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Whose call the current one is.
 *
 * @param peer the subject of its client certificate, or its address where there is none
 * @param by under which token
 * @param call the server's own context of the call
 */
record Caller(String peer, TokenId by, Context call) {

  private static final Context.Key<Caller> KEY = Context.key("tyer-caller");

  /** Of the call that the current thread serves. */
  static Caller current() {
    Caller caller = KEY.get();
    if (caller == null) {
      throw new IllegalStateException("a service is called without " + Interceptor.class);
    }
    return caller;
  }

  /**
   * Resets the call at once, with what has been written to it and not been read. (Closed with a
   * status, it would go on holding all of that until its client reads it.)
   */
  void reset(String why) {
    ResettableCalls.Call resettable = ResettableCalls.CALL.get(call);
    if (resettable != null) {
      // The one kind of cause by which gRPC resets a call from the server's side.
      resettable.context().cancel(new TimeoutException(why));
    }
  }

  /**
   * Why the call was cancelled, if that was because of a message that is too long: gRPC would reset
   * a stream on which something was sent before, without a word, if it is not ended first.
   */
  @Nullable Status tooLong() {
    ResettableCalls.Call ended = ResettableCalls.CALL.get(call);
    Status status = ended == null ? null : ended.end().get();
    return status != null && status.getCode() == Status.Code.RESOURCE_EXHAUSTED ? status : null;
  }

  /** Runs this once, when the call has ended in whatever way. */
  void whenEnded(Runnable task) {
    call.addListener(ended -> task.run(), Runnable::run);
  }

  /** Finds out who calls, and sends away whoever shows no token where one is wanted. */
  static final class Interceptor implements ServerInterceptor {

    private final Guard guard;
    private final Streams streams;
    private final Connections connections;
    private final Refused turnedAway;

    Interceptor(Guard guard, Streams streams, Connections connections, Refused turnedAway) {
      this.guard = guard;
      this.streams = streams;
      this.connections = connections;
      this.turnedAway = turnedAway;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      String peer = peer(call);
      Guard.Verdict verdict =
          guard.admit(peer, headers.get(Headers.AUTHORIZATION), streams.leading());
      if (verdict instanceof Guard.Verdict.Refused refused) {
        turnedAway.by(Bound.TOKEN);
        connections.refused(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
        return refuse(call, Status.UNAUTHENTICATED.withDescription(refused.why()), new Metadata());
      }
      if (!(verdict instanceof Guard.Verdict.Known known)) {
        StatusRuntimeException elsewhere = Unary.notLeading(streams);
        Metadata trailers = elsewhere.getTrailers();
        return refuse(call, elsewhere.getStatus(), trailers == null ? new Metadata() : trailers);
      }
      Context context = Context.current();
      Caller caller = new Caller(peer, known.by(), context);
      connections.proved(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR), caller);
      boolean unary = call.getMethodDescriptor().getType().clientSendsOneMessage();
      if (unary && !guard.take(known.by(), System.nanoTime())) {
        turnedAway.by(Bound.RATE);
        return refuse(
            call,
            Status.RESOURCE_EXHAUSTED.withDescription(
                "more requests a second than the token's quota: wait"),
            new Metadata());
      }
      return Contexts.interceptCall(context.withValue(KEY, caller), call, headers, next);
    }

    private static <Q> ServerCall.Listener<Q> refuse(
        ServerCall<Q, ?> call, Status status, Metadata trailers) {
      call.close(status, trailers);
      return new ServerCall.Listener<>() {};
    }

    private static String peer(ServerCall<?, ?> call) {
      String subject = subject(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
      if (subject != null) {
        return subject;
      }
      SocketAddress remote = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
      return remote instanceof InetSocketAddress address
          ? address.getAddress().getHostAddress()
          : String.valueOf(remote);
    }

    private static @Nullable String subject(@Nullable SSLSession session) {
      if (session == null) {
        return null;
      }
      try {
        Certificate[] chain = session.getPeerCertificates();
        return chain.length > 0 && chain[0] instanceof X509Certificate certificate
            ? certificate.getSubjectX500Principal().getName()
            : null;
      } catch (SSLPeerUnverifiedException noCertificate) {
        return null;
      }
    }
  }
}
