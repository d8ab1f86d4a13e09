package io.tyer.server.door;

import io.grpc.BindableService;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A service whose clients may send what is no message. gRPC would take that for a failure of the
 * server's, log it with its trace, and tell the client nothing; here it is a message that is null,
 * which a call of one request refuses, and a stream is given to refuse.
 */
final class ReadableCalls {

  /** What the client is told. */
  static final Status REFUSAL =
      Status.INVALID_ARGUMENT.withDescription(
          "a message that cannot be read: it is to be one of tyer.v1 in protobuf");

  private ReadableCalls() {}

  static ServerServiceDefinition of(BindableService service) {
    ServerServiceDefinition definition = service.bindService();
    ServerServiceDefinition.Builder readable =
        ServerServiceDefinition.builder(definition.getServiceDescriptor().getName());
    definition.getMethods().forEach(method -> readable.addMethod(of(method)));
    return readable.build();
  }

  private static <Q, A> ServerMethodDefinition<Q, A> of(ServerMethodDefinition<Q, A> method) {
    MethodDescriptor<Q, A> strict = method.getMethodDescriptor();
    MethodDescriptor<Q, A> lenient =
        strict.toBuilder(
                new Lenient<>(strict.getRequestMarshaller()), strict.getResponseMarshaller())
            .build();
    ServerCallHandler<Q, A> handler = method.getServerCallHandler();
    return ServerMethodDefinition.create(
        lenient, strict.getType().clientSendsOneMessage() ? refusing(handler) : handler);
  }

  private static <Q, A> ServerCallHandler<Q, A> refusing(ServerCallHandler<Q, A> handler) {
    return (call, headers) ->
        new SimpleForwardingServerCallListener<>(handler.startCall(call, headers)) {
          private boolean refused;

          @Override
          public void onMessage(@Nullable Q message) {
            if (message != null) {
              super.onMessage(message);
            } else if (!refused) {
              refused = true;
              call.close(REFUSAL, new Metadata());
            }
          }

          @Override
          public void onHalfClose() {
            if (!refused) {
              super.onHalfClose();
            }
          }
        };
  }

  private record Lenient<Q>(Marshaller<Q> strict) implements Marshaller<Q> {

    @Override
    public InputStream stream(Q message) {
      return strict.stream(message);
    }

    @Override
    @SuppressWarnings("NullAway") // gRPC hands on whatever this answers.
    public Q parse(InputStream bytes) {
      try {
        return strict.parse(bytes);
      } catch (StatusRuntimeException unreadable) {
        return null;
      }
    }
  }
}
