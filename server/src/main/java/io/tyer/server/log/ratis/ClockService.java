package io.tyer.server.log.ratis;

import io.tyer.server.log.PeerClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.apache.ratis.thirdparty.io.grpc.MethodDescriptor;
import org.apache.ratis.thirdparty.io.grpc.ServerServiceDefinition;
import org.apache.ratis.thirdparty.io.grpc.stub.ServerCalls;

/**
 * What members tell each other beside the engine, at the same port and by the same certificates:
 * the wall clock (8 bytes) and the newest version of entries that they read (4). Members of the
 * release before answer that there is no such call.
 */
final class ClockService {

  static final String NAME = "tyer.member.v1.Clock";

  static final MethodDescriptor<byte[], byte[]> TELL =
      MethodDescriptor.<byte[], byte[]>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName(MethodDescriptor.generateFullMethodName(NAME, "Tell"))
          .setRequestMarshaller(new Bytes())
          .setResponseMarshaller(new Bytes())
          .build();

  private static final int LENGTH = Long.BYTES + Integer.BYTES;

  private ClockService() {}

  static ServerServiceDefinition of(Supplier<PeerClock> own) {
    return ServerServiceDefinition.builder(NAME)
        .addMethod(
            TELL,
            ServerCalls.asyncUnaryCall(
                (request, answer) -> {
                  PeerClock told = own.get();
                  answer.onNext(
                      ByteBuffer.allocate(LENGTH)
                          .putLong(told.wallMillis())
                          .putInt(told.version())
                          .array());
                  answer.onCompleted();
                }))
        .build();
  }

  /** What that member told; a later one may tell more. */
  static PeerClock read(String id, byte[] told) {
    ByteBuffer bytes = ByteBuffer.wrap(told);
    return new PeerClock(id, bytes.getLong(), bytes.getInt());
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
