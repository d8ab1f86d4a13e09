package io.tyer.server.door;

import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;

/**
 * Gives each call a context that the door can cancel. The one that gRPC makes of it is the call's
 * own, and ends with it; nobody else gets hold of that one.
 */
final class ResettableCalls extends ServerStreamTracer.Factory {

  /** What to cancel, by a TimeoutException, to have the current call reset. */
  static final Context.Key<CancellableContext> CALL = Context.key("tyer-call");

  @Override
  public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
    return new ServerStreamTracer() {
      @Override
      public Context filterContext(Context context) {
        CancellableContext call = context.withCancellation();
        return call.withValue(CALL, call);
      }
    };
  }
}
