package io.tyer.server.log.ratis;

import java.io.IOException;
import java.util.function.Consumer;
import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCall;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.grpc.Status;

/** Lets an answer go to another member only when the {@link MetaCopies} are as new as it is. */
final class KeptPromises implements ServerInterceptor {

  private final MetaCopies copies;
  private final Consumer<Throwable> broken;

  /** Where copies cannot be kept, the member is broken. */
  KeptPromises(MetaCopies copies, Consumer<Throwable> broken) {
    this.copies = copies;
    this.broken = broken;
  }

  @Override
  public <A, B> ServerCall.Listener<A> interceptCall(
      ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
    return next.startCall(new Keeping<>(call), headers);
  }

  /** One call; its methods are called by one thread at a time. */
  private final class Keeping<A, B> extends ForwardingServerCall.SimpleForwardingServerCall<A, B> {
    private boolean refused;

    Keeping(ServerCall<A, B> call) {
      super(call);
    }

    @Override
    public void sendMessage(B message) {
      if (refused) {
        return;
      }
      try {
        copies.keep();
      } catch (IOException e) {
        refused = true;
        broken.accept(e);
        delegate().close(Status.UNAVAILABLE.withDescription("its disk is full"), new Metadata());
        return;
      }
      super.sendMessage(message);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      if (!refused) {
        super.close(status, trailers);
      }
    }
  }
}
