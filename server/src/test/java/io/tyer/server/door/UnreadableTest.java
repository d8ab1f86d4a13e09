package io.tyer.server.door;

import static io.tyer.server.door.RawClient.enter;
import static io.tyer.server.door.RawClient.exclusive;
import static io.tyer.server.door.RawClient.open;
import static io.tyer.server.door.RawClient.random;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.tyer.protocol.v1.LocksGrpc;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that send what is no message are told so, and the log is not theirs to fill. */
class UnreadableTest {
  private static final byte[] GARBAGE = {0x0a, (byte) 0xff, (byte) 0xff, 1};

  private DoorHouse house;
  private Log log;

  @BeforeEach
  void openTheDoor() throws IOException {
    house = new DoorHouse();
    log = new Log();
  }

  @AfterEach
  void close() {
    log.close();
    house.close();
  }

  @Test
  void garbageEndsItsStreamOnly() {
    RawClient bystander = house.client();
    bystander.ask(open(1, random(16)));

    Status end = new Sent(house.channel(), LocksGrpc.getSessionMethod()).garbage().end();

    assertThat(end.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(end.getDescription()).contains("a message that cannot be read");
    assertThat(bystander.ask(enter(2, exclusive("a", random(16)))).getTicket().hasGranted())
        .isTrue();
    assertThat(log.text()).isEmpty();
  }

  @Test
  void garbageIsNoRequest() {
    Status end = new Sent(house.channel(), LocksGrpc.getListMethod()).garbage().end();
    assertThat(end.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(end.getDescription()).contains("a message that cannot be read");
    assertThat(log.text()).isEmpty();
  }

  @Test
  void whatIsTooLongIsToldAndNotLogged() {
    RawClient client = house.client();
    client.ask(open(1, random(16)));
    client.send(enter(2, exclusive("a", random(16)).setOwner("x".repeat(65 * 1024))));
    assertThat(client.end().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(log.text()).isEmpty();
  }

  /** What is little on the wire and much in memory. */
  @Test
  void aMessageThatUnpacksToTooMuchIsRefused() {
    Sent sent =
        new Sent(
            house.channel(),
            LocksGrpc.getSessionMethod(),
            CallOptions.DEFAULT.withCompression("gzip"));
    sent.bytes(new byte[32 << 20]);
    assertThat(sent.end().getCode())
        .isIn(Status.Code.INVALID_ARGUMENT, Status.Code.RESOURCE_EXHAUSTED);
    assertThat(log.text()).isEmpty();
  }

  /** A call by bytes. */
  private static final class Sent extends ClientCall.Listener<byte[]> {
    private final CompletableFuture<Status> ended = new CompletableFuture<>();
    private final ClientCall<byte[], byte[]> call;

    Sent(ManagedChannel channel, MethodDescriptor<?, ?> method) {
      this(channel, method, CallOptions.DEFAULT);
    }

    Sent(ManagedChannel channel, MethodDescriptor<?, ?> method, CallOptions options) {
      Bytes bytes = new Bytes();
      call =
          channel.newCall(
              MethodDescriptor.newBuilder(bytes, bytes)
                  .setFullMethodName(method.getFullMethodName())
                  .setType(method.getType())
                  .build(),
              options);
      call.start(this, new Metadata());
      call.request(1);
      call.setMessageCompression(true);
    }

    Sent garbage() {
      return bytes(GARBAGE);
    }

    Sent bytes(byte[] message) {
      call.sendMessage(message);
      call.halfClose();
      return this;
    }

    Status end() {
      return ended.orTimeout(60, TimeUnit.SECONDS).join();
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      ended.complete(status);
    }
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream message) {
      return new byte[0];
    }
  }
}
