package io.tyer.store.remote;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.tyer.protocol.v1.ClientMessage;
import io.tyer.protocol.v1.LocksGrpc;
import io.tyer.protocol.v1.ServerMessage;
import io.tyer.spi.StoreException;
import io.tyer.store.network.HostPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One stream of a session to one member. Whoever calls it holds the conversation's lock. */
final class SessionStream extends ClientCall.Listener<ServerMessage> {

  /** Who is told; perhaps in the very thread that calls the stream. */
  interface Owner {
    /** The connection stands, and the stream is on it: only now can anything have arrived. */
    void ready(SessionStream stream);

    void received(SessionStream stream, ServerMessage message);

    /** Nothing comes any more. */
    void ended(SessionStream stream, Status status, Metadata trailers);
  }

  /** As many as servers take as one message, of as many bytes. */
  private static final int MAX_PACK = 256;

  private static final int MAX_PACK_BYTES = 32 * 1024;

  private final HostPort server;
  private final ManagedChannel channel;
  private final Owner owner;
  private final ClientCall<ClientMessage, ServerMessage> call;

  /** What goes out with the next {@link #flush}. */
  private final List<ClientMessage> gathered = new ArrayList<>();

  private int gatheredBytes;
  private boolean packs;
  private @Nullable String shown;
  private boolean told;

  SessionStream(HostPort server, ManagedChannel channel, Owner owner) {
    this.server = server;
    this.channel = channel;
    this.owner = owner;
    this.call = channel.newCall(LocksGrpc.getSessionMethod(), CallOptions.DEFAULT);
  }

  HostPort server() {
    return server;
  }

  ManagedChannel channel() {
    return channel;
  }

  /** Begins, under the token that there is now. */
  void start(Credential credential) {
    try {
      shown = credential.token();
    } catch (StoreException e) {
      owner.ended(this, Status.UNAUTHENTICATED.withDescription(e.getMessage()), new Metadata());
      return;
    }
    call.start(this, Credential.headers(shown));
    call.request(Integer.MAX_VALUE);
  }

  /** Whether there is another token now than the one under which this began. */
  boolean isUnderAnother(Credential credential) {
    try {
      return !Objects.equals(shown, credential.token());
    } catch (StoreException e) {
      return false;
    }
  }

  void send(ClientMessage message) {
    flush();
    call.sendMessage(message);
  }

  /** The server takes messages with more. */
  void takesPacks(boolean taken) {
    packs = taken;
  }

  /**
   * Sends a message, perhaps with others that follow in a moment.
   *
   * @return whether {@link #flush} is needed then
   */
  boolean gather(ClientMessage message) {
    if (!packs) {
      call.sendMessage(message);
      return false;
    }
    gathered.add(message);
    gatheredBytes += message.getSerializedSize();
    if (gathered.size() >= MAX_PACK || gatheredBytes >= MAX_PACK_BYTES) {
      flush();
    }
    return !gathered.isEmpty();
  }

  /** Sends what is gathered, as one message. */
  void flush() {
    if (gathered.isEmpty()) {
      return;
    }
    ClientMessage first = gathered.get(0);
    int count = gathered.size();
    ClientMessage pack =
        count == 1 ? first : first.toBuilder().addAllMore(gathered.subList(1, count)).build();
    gathered.clear();
    gatheredBytes = 0;
    call.sendMessage(pack);
  }

  /** Ends it at once, also for the server. */
  void cancel() {
    call.cancel("the client is done with this stream", null);
  }

  @Override
  public void onReady() {
    if (!told) {
      told = true;
      owner.ready(this);
    }
  }

  @Override
  public void onMessage(ServerMessage message) {
    owner.received(this, message);
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    owner.ended(this, status, trailers);
  }
}
