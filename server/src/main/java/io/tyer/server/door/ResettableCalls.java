package io.tyer.server.door;

import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Gives each call a context that the door can cancel, and what gRPC ended it for. The context that
 * gRPC makes of it is the call's own, and ends with it; nobody else gets hold of that one.
 */
final class ResettableCalls extends ServerStreamTracer.Factory {

  /** The current call. */
  static final Context.Key<Call> CALL = Context.key("tyer-call");

  /**
   * A call below its services.
   *
   * @param context what to cancel, by a TimeoutException, to have the call reset
   * @param end what gRPC ended the call with; null until then
   */
  record Call(CancellableContext context, AtomicReference<@Nullable Status> end) {}

  @Override
  public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
    return new Tracer();
  }

  private static final class Tracer extends ServerStreamTracer {

    private final AtomicReference<@Nullable Status> end = new AtomicReference<>();

    @Override
    public Context filterContext(Context context) {
      CancellableContext call = context.withCancellation();
      return call.withValue(CALL, new Call(call, end));
    }

    @Override
    public void streamClosed(Status status) {
      end.set(status);
    }
  }
}
