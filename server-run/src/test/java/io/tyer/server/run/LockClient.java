package io.tyer.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.stub.StreamObserver;
import io.tyer.protocol.v1.Attach;
import io.tyer.protocol.v1.Beat;
import io.tyer.protocol.v1.ClientMessage;
import io.tyer.protocol.v1.End;
import io.tyer.protocol.v1.Enter;
import io.tyer.protocol.v1.Leave;
import io.tyer.protocol.v1.LocksGrpc;
import io.tyer.protocol.v1.Open;
import io.tyer.protocol.v1.Reply;
import io.tyer.protocol.v1.ServerMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/** A session by the bare protocol, that asks one thing after another, or many at once. */
final class LockClient implements StreamObserver<ServerMessage> {

  private static final int UNDER_WAY = 500;
  private static final int WAIT_SECONDS = 60;

  private final ClientInterceptor shows;
  private final long serial;
  private final ByteString secret;
  private final LinkedBlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
  private final StreamObserver<ClientMessage> requests;
  private volatile String end = "";
  private long sequence;

  LockClient(Channel channel, ClientInterceptor shows, long serial) {
    this(channel, shows, serial, id(UUID.randomUUID()));
  }

  private LockClient(Channel channel, ClientInterceptor shows, long serial, ByteString secret) {
    this.shows = shows;
    this.serial = serial;
    this.secret = secret;
    this.requests = LocksGrpc.newStub(channel).withInterceptors(shows).session(this);
  }

  private static ByteString id(UUID id) {
    return ByteString.copyFrom(
        ByteBuffer.allocate(16)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .flip());
  }

  /** The same session, by another connection. */
  LockClient on(Channel channel) {
    LockClient next = new LockClient(channel, shows, serial, secret);
    next.sequence = sequence;
    return next;
  }

  Reply open() {
    return ask(
        message().setOpen(Open.newBuilder().setSecret(secret).setTtlMillis(120_000).setOwner("t")));
  }

  Reply attach() {
    return ask(message().setAttach(Attach.newBuilder().setSecret(secret)));
  }

  Reply beat() {
    return ask(message().setBeat(Beat.getDefaultInstance()));
  }

  Reply end() {
    return ask(message().setEnd(End.getDefaultInstance()));
  }

  Reply enter(String name) {
    return ask(entering(name));
  }

  Reply leave(String name) {
    return ask(
        message()
            .setLeave(
                Leave.newBuilder().setName(ByteString.copyFromUtf8(name)).setRequest(of(name))));
  }

  /** Some of them at once, and the replies in their order. */
  List<Reply> enterMany(LongFunction<String> name, int count) {
    List<Reply> all = new ArrayList<>();
    for (int sent = 0; all.size() < count; ) {
      if (sent < count && sent - all.size() < UNDER_WAY) {
        requests.onNext(entering(name.apply(serial * count + sent)).build());
        sent++;
      } else {
        all.add(next());
      }
    }
    return all;
  }

  private ClientMessage.Builder entering(String name) {
    return message()
        .setEnter(
            Enter.newBuilder()
                .setName(ByteString.copyFromUtf8(name))
                .setRequest(of(name))
                .setOwner("t")
                .setExclusive(true));
  }

  private static ByteString of(String name) {
    return id(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
  }

  /** All that was asked long before is settled. */
  private ClientMessage.Builder message() {
    sequence++;
    return ClientMessage.newBuilder()
        .setSequence(sequence)
        .setSettled(Math.max(0, sequence - UNDER_WAY - 1));
  }

  private Reply ask(ClientMessage.Builder message) {
    requests.onNext(message.build());
    return next();
  }

  private Reply next() {
    try {
      Reply reply = replies.poll(WAIT_SECONDS, TimeUnit.SECONDS);
      assertThat(reply).as("a reply; the stream: %s", end).isNotNull();
      return java.util.Objects.requireNonNull(reply);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void onNext(ServerMessage message) {
    if (message.hasReply()) {
      replies.add(message.getReply());
    }
  }

  @Override
  public void onError(Throwable t) {
    end = t.toString();
  }

  @Override
  public void onCompleted() {
    end = "completed";
  }
}
