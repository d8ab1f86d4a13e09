package io.tyer.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.tyer.protocol.v1.Attach;
import io.tyer.protocol.v1.ClientMessage;
import io.tyer.protocol.v1.Enter;
import io.tyer.protocol.v1.Event;
import io.tyer.protocol.v1.Leave;
import io.tyer.protocol.v1.LocksGrpc;
import io.tyer.protocol.v1.Open;
import io.tyer.protocol.v1.Reply;
import io.tyer.protocol.v1.ServerMessage;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One stream, by the bare protocol. */
public final class RawClient implements ClientResponseObserver<ClientMessage, ServerMessage> {

  private static final Random RANDOM = new Random(42);
  private static final int WAIT_SECONDS = 60;

  private final boolean reads;
  private final BlockingQueue<ServerMessage> received = new LinkedBlockingQueue<>();
  private final CompletableFuture<Status> ended = new CompletableFuture<>();
  private final CompletableFuture<ClientCallStreamObserver<ClientMessage>> call =
      new CompletableFuture<>();

  private RawClient(boolean reads) {
    this.reads = reads;
  }

  public static RawClient on(Channel channel) {
    return on(channel, true);
  }

  public static RawClient on(Channel channel, boolean reads) {
    RawClient client = new RawClient(reads);
    LocksGrpc.newStub(channel).session(client);
    return client;
  }

  public static ByteString random(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return ByteString.copyFrom(random);
  }

  public static ByteString name(String name) {
    return ByteString.copyFromUtf8(name);
  }

  public static ClientMessage open(long sequence, ByteString secret) {
    return open(sequence, secret, 2_000);
  }

  public static ClientMessage open(long sequence, ByteString secret, int ttlMillis) {
    return ClientMessage.newBuilder()
        .setSequence(sequence)
        .setOpen(Open.newBuilder().setSecret(secret).setTtlMillis(ttlMillis).setOwner("test"))
        .build();
  }

  public static ClientMessage attach(long sequence, ByteString secret) {
    return ClientMessage.newBuilder()
        .setSequence(sequence)
        .setAttach(Attach.newBuilder().setSecret(secret))
        .build();
  }

  public static Enter.Builder exclusive(String name, ByteString request) {
    return Enter.newBuilder()
        .setName(name(name))
        .setRequest(request)
        .setOwner("thread")
        .setExclusive(true);
  }

  public static ClientMessage enter(long sequence, Enter.Builder enter) {
    return ClientMessage.newBuilder().setSequence(sequence).setEnter(enter).build();
  }

  public static ClientMessage leave(long sequence, String name, ByteString request, long number) {
    return ClientMessage.newBuilder()
        .setSequence(sequence)
        .setLeave(Leave.newBuilder().setName(name(name)).setRequest(request).setNumber(number))
        .build();
  }

  public RawClient send(ClientMessage message) {
    call.join().onNext(message);
    return this;
  }

  public Reply ask(ClientMessage message) {
    send(message);
    Reply reply = next().getReply();
    assertThat(reply.getSequence()).isEqualTo(message.getSequence());
    return reply;
  }

  public ServerMessage next() {
    try {
      ServerMessage message = received.poll(WAIT_SECONDS, TimeUnit.SECONDS);
      assertThat(message).as("a message; the stream: %s", ended.getNow(Status.OK)).isNotNull();
      return java.util.Objects.requireNonNull(message);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public Event event() {
    ServerMessage message = next();
    assertThat(message.hasEvent()).as("an event: %s", message).isTrue();
    return message.getEvent();
  }

  public boolean hasReceivedNothing() {
    return received.isEmpty() && !ended.isDone();
  }

  public void finish() {
    call.join().onCompleted();
  }

  public void vanish() {
    call.join().cancel("the test says so", null);
  }

  /** Reads on, to the end. */
  public int readAll() {
    call.join().request(Integer.MAX_VALUE);
    Status unused = end();
    return received.size();
  }

  /** Waits for the end. */
  public Status end() {
    return ended.orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join();
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<ClientMessage> observer) {
    if (!reads) {
      observer.disableAutoRequestWithInitial(0);
    }
    call.complete(observer);
  }

  @Override
  public void onNext(ServerMessage message) {
    received.add(message);
  }

  @Override
  public void onError(Throwable t) {
    ended.complete(Status.fromThrowable(t));
  }

  @Override
  public void onCompleted() {
    ended.complete(Status.OK);
  }
}
