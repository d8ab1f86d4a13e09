package io.tyer.store.remote;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientStreamTracer;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.tyer.protocol.Headers;
import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.store.network.HostPort;
import org.jspecify.annotations.Nullable;

/**
 * A call of one request and one answer, made of whichever member leads, within the operation
 * time-out.
 */
final class LeaderCall<Q, A> {

  private final Links links;
  private final MethodDescriptor<Q, A> method;
  private final Q request;
  private final boolean harmless;
  private final Reply<A> reply;
  private final Serial serial;
  private final Route route;

  // Changed by events only.
  private @Nullable Attempt current;
  private boolean over;
  private @Nullable StoreException last;

  /**
   * Not made yet.
   *
   * @param harmless whether it may be made again although it may have had its effect
   */
  LeaderCall(
      Links links, MethodDescriptor<Q, A> method, Q request, boolean harmless, Reply<A> reply) {
    this.links = links;
    this.method = method;
    this.request = request;
    this.harmless = harmless;
    this.reply = reply;
    this.serial = new Serial(links.surroundings());
    this.route = new Route(links.members());
  }

  void start() {
    serial.happen(this::next);
    var unused = serial.later(links.operationTimeoutNanos(), this::tooLate);
  }

  private void next(After after) {
    current = null;
    if (over) {
      return;
    }
    HostPort server = route.next();
    ManagedChannel channel = server == null ? null : links.channels().to(server);
    if (server == null || channel == null) {
      StoreException nobody = route.nobodyThere();
      if (nobody != null) {
        fail(nobody, after);
      } else {
        var unused = serial.later(links.jittered(route.pauseNanos()), this::next);
      }
      return;
    }
    Attempt attempt = new Attempt(server, channel);
    current = attempt;
    var unused =
        serial.later(
            links.attemptNanos(route.rounds()),
            then -> {
              if (current == attempt && !attempt.sent) {
                attempt.giveUp("no answer in time", then);
              }
            });
    attempt.start();
  }

  private void tooLate(After after) {
    Attempt attempt = current;
    StoreException why = last;
    if (attempt != null && attempt.sent && !harmless) {
      fail(unknown("it has not answered in time", null), after);
    } else {
      String waited = why == null ? "no answer in time" : String.valueOf(why.getMessage());
      fail(Failures.unreachable(links.address().shown(), waited, why), after);
    }
    if (attempt != null) {
      attempt.call.cancel("too late", null);
    }
  }

  private StoreException unknown(String why, @Nullable Throwable cause) {
    return new StoreException(
        Kind.UNKNOWN, links.address() + ": nobody knows what came of it: " + why, cause);
  }

  private void fail(StoreException failure, After after) {
    if (!over) {
      over = true;
      after.add(() -> reply.failed(failure));
    }
  }

  /** One member, asked once. */
  private final class Attempt extends ClientCall.Listener<A> {
    private final HostPort server;
    private final ManagedChannel channel;
    private final ClientCall<Q, A> call;
    private volatile boolean sent;
    private @Nullable A answer;

    Attempt(HostPort server, ManagedChannel channel) {
      this.server = server;
      this.channel = channel;
      this.call = channel.newCall(method, CallOptions.DEFAULT.withStreamTracerFactory(new Sent()));
    }

    void start() {
      Metadata headers;
      try {
        headers = Credential.headers(links.credential().token());
      } catch (StoreException e) {
        serial.happen(after -> fail(e, after));
        return;
      }
      call.start(this, headers);
      call.request(2);
      call.sendMessage(request);
      call.halfClose();
    }

    /** Notices when it leaves: what has not left cannot arrive. */
    private final class Sent extends ClientStreamTracer.Factory {
      @Override
      public ClientStreamTracer newClientStreamTracer(
          ClientStreamTracer.StreamInfo info, Metadata headers) {
        return new ClientStreamTracer() {
          @Override
          public void outboundHeaders() {
            sent = true;
          }
        };
      }
    }

    @Override
    public void onMessage(A message) {
      serial.happen(after -> answer = message);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      serial.happen(
          after -> {
            if (current == this && !over) {
              closed(status, trailers, after);
            }
          });
    }

    private void closed(Status status, Metadata trailers, After after) {
      A value = answer;
      if (status.isOk() && value != null) {
        over = true;
        route.arrived(server);
        after.add(() -> reply.done(value));
        return;
      }
      String leader = trailers.get(Headers.LEADER);
      StoreException why = Failures.of(server, status, links.address());
      last = why;
      if (leader != null) {
        route.disappointed(server);
        route.redirected(links.members().hint(leader));
        next(after);
        return;
      }
      switch (status.getCode()) {
        case INVALID_ARGUMENT, FAILED_PRECONDITION, PERMISSION_DENIED, UNAUTHENTICATED ->
            fail(Failures.refused(links.address().shown(), Failures.text(status), why), after);
        case RESOURCE_EXHAUSTED -> {
          route.disappointed(server);
          next(after);
        }
        default -> {
          if (status.getCode() == Status.Code.UNAVAILABLE) {
            links.channels().retire(server, channel);
          }
          if (sent && !harmless && why.kind() != Kind.REFUSED) {
            fail(unknown(Failures.text(status), why), after);
          } else {
            route.failed(server, why);
            next(after);
          }
        }
      }
    }

    void giveUp(String why, After after) {
      links.channels().retire(server, channel);
      route.failed(server, Failures.unreachable(server.toString(), why, null));
      current = null;
      call.cancel(why, null);
      next(after);
    }
  }
}
