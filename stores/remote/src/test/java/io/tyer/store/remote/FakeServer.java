package io.tyer.store.remote;

import com.google.protobuf.ByteString;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.tyer.protocol.Headers;
import io.tyer.protocol.v1.ClientMessage;
import io.tyer.protocol.v1.Event;
import io.tyer.protocol.v1.Failure;
import io.tyer.protocol.v1.LineView;
import io.tyer.protocol.v1.ListReply;
import io.tyer.protocol.v1.ListRequest;
import io.tyer.protocol.v1.LocksGrpc;
import io.tyer.protocol.v1.Redirect;
import io.tyer.protocol.v1.Reply;
import io.tyer.protocol.v1.RevokeReply;
import io.tyer.protocol.v1.RevokeRequest;
import io.tyer.protocol.v1.ServerMessage;
import io.tyer.protocol.v1.StatusReply;
import io.tyer.protocol.v1.StatusRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A member that speaks the protocol, and misbehaves when it is told to. */
final class FakeServer extends LocksGrpc.LocksImplBase implements AutoCloseable {

  /** What is done with a message. */
  enum Deed {
    DO,
    /** Done, and answered twice. */
    ANSWER_TWICE,
    /** Done, but the reply is lost. */
    DO_SILENTLY,
    /** Neither done nor answered. */
    IGNORE,
    /** Done, and the stream breaks instead of a reply. */
    DO_AND_BREAK,
    /** The stream breaks. */
    BREAK,
    /** Not done: to be sent again. */
    UNAVAILABLE,
    /** The same, and from then on it sends everybody away, to nowhere. */
    UNAVAILABLE_AND_LEADS_NO_MORE,
    /** Done, and nobody knows, it says. */
    UNKNOWN,
    REFUSE
  }

  private record Rule(Predicate<ClientMessage> which, Deed deed, boolean once) {}

  private final FakeState state;
  private final Server server;
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final Set<Stream> streams = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<ClientMessage> received = new ConcurrentLinkedQueue<>();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger largest = new AtomicInteger();
  private volatile @Nullable String elsewhere;
  private volatile boolean silent;

  FakeServer(FakeState state) throws IOException {
    this(state, 0);
  }

  FakeServer(FakeState state, int port) throws IOException {
    this.state = state;
    this.server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .directExecutor()
            .permitKeepAliveTime(1, TimeUnit.SECONDS)
            .addService(this)
            .build()
            .start();
  }

  int port() {
    return server.getPort();
  }

  String at() {
    return "127.0.0.1:" + port();
  }

  // ---- how it behaves

  /** The next such message is treated so. */
  void once(Predicate<ClientMessage> which, Deed deed) {
    rules.add(new Rule(which, deed, true));
  }

  /** All such messages are treated so. */
  void always(Predicate<ClientMessage> which, Deed deed) {
    rules.add(new Rule(which, deed, false));
  }

  void behave() {
    rules.clear();
    silent = false;
  }

  /** It takes in everything, and says and does nothing. */
  void fallSilent() {
    silent = true;
  }

  /** It does not lead, and takes that address for the leader's. */
  void follow(String leader) {
    elsewhere = leader;
    streams.forEach(stream -> stream.redirect(leader));
  }

  void lead() {
    elsewhere = null;
  }

  void breakStreams() {
    streams.forEach(Stream::breakOff);
  }

  void tell(Event event) {
    streams.forEach(stream -> stream.send(ServerMessage.newBuilder().setEvent(event).build()));
  }

  // ---- what it has seen

  /** All messages, of all streams. */
  List<ClientMessage> received() {
    return List.copyOf(received);
  }

  List<ClientMessage> received(Predicate<ClientMessage> which) {
    return received.stream().filter(which).toList();
  }

  /** How many messages have come as one, at most. */
  int largest() {
    return largest.get();
  }

  /** How many streams there have been. */
  int opened() {
    return opened.get();
  }

  /** How many streams there are. */
  int streams() {
    return streams.size();
  }

  // ---- the service

  @Override
  public StreamObserver<ClientMessage> session(StreamObserver<ServerMessage> responses) {
    Stream stream = new Stream(responses);
    streams.add(stream);
    opened.incrementAndGet();
    String leader = elsewhere;
    if (leader != null) {
      stream.redirect(leader);
    }
    return stream;
  }

  @Override
  public void list(ListRequest request, StreamObserver<ListReply> responses) {
    if (refer(responses)) {
      return;
    }
    // A page of one each: a, b and c.
    String after = request.getAfter().toStringUtf8();
    char next = after.isEmpty() ? 'a' : (char) (after.charAt(0) + 1);
    responses.onNext(
        ListReply.newBuilder()
            .addLines(LineView.newBuilder().setName(ByteString.copyFromUtf8(String.valueOf(next))))
            .setMore(next < 'c')
            .build());
    responses.onCompleted();
  }

  @Override
  public void revoke(RevokeRequest request, StreamObserver<RevokeReply> responses) {
    if (!refer(responses) && !silent) {
      responses.onNext(RevokeReply.newBuilder().setCount(2).build());
      responses.onCompleted();
    }
  }

  @Override
  public void status(StatusRequest request, StreamObserver<StatusReply> responses) {
    String leader = elsewhere;
    responses.onNext(
        StatusReply.newBuilder()
            .setCluster("fake")
            .setMember("m" + port())
            .setLeading(leader == null)
            .setLeader(leader == null ? at() : leader)
            .build());
    responses.onCompleted();
  }

  private boolean refer(StreamObserver<?> responses) {
    String leader = elsewhere;
    if (leader == null) {
      return false;
    }
    Metadata trailers = new Metadata();
    trailers.put(Headers.LEADER, leader);
    responses.onError(Status.UNAVAILABLE.asRuntimeException(trailers));
    return true;
  }

  @Override
  public void close() {
    Server unused = server.shutdownNow();
    try {
      boolean ended = server.awaitTermination(10, TimeUnit.SECONDS);
      if (!ended) {
        throw new IllegalStateException("the fake server does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * One stream; messages come one at a time, since executors are direct, but tests speak on it too.
   */
  private final class Stream implements StreamObserver<ClientMessage> {
    /** Held while speaking: gRPC lets one thread at a time do so. */
    private final ReentrantLock speaking = new ReentrantLock();

    /** Held from a message's coming to its answer: a stream is led elsewhere before or after. */
    private final ReentrantLock acting = new ReentrantLock();

    private final StreamObserver<ServerMessage> responses;
    private volatile ByteString secret = ByteString.EMPTY;

    Stream(StreamObserver<ServerMessage> responses) {
      this.responses = responses;
    }

    @Override
    public void onNext(ClientMessage message) {
      one(message.toBuilder().clearMore().build());
      message.getMoreList().forEach(this::one);
      largest.accumulateAndGet(1 + message.getMoreCount(), Math::max);
    }

    private void one(ClientMessage message) {
      acting.lock();
      try {
        received.add(message);
        if (message.hasOpen()) {
          secret = message.getOpen().getSecret();
        } else if (message.hasAttach()) {
          secret = message.getAttach().getSecret();
        }
        if (!silent && streams.contains(this)) {
          act(message, deed(message));
        }
      } finally {
        acting.unlock();
      }
    }

    private Deed deed(ClientMessage message) {
      Optional<Rule> fits = rules.stream().filter(rule -> rule.which.test(message)).findFirst();
      fits.filter(Rule::once).ifPresent(rules::remove);
      return fits.map(Rule::deed).orElse(Deed.DO);
    }

    private void act(ClientMessage message, Deed deed) {
      switch (deed) {
        case DO -> answer(state.apply(secret, message));
        case ANSWER_TWICE -> {
          Reply reply = state.apply(secret, message);
          answer(reply);
          answer(reply);
        }
        case DO_SILENTLY -> {
          Reply unused = state.apply(secret, message);
        }
        case IGNORE -> {}
        case DO_AND_BREAK -> {
          Reply unused = state.apply(secret, message);
          breakOff();
        }
        case BREAK -> breakOff();
        case UNAVAILABLE ->
            answer(FakeState.failure(message, Failure.Kind.UNAVAILABLE, "busy just now"));
        case UNAVAILABLE_AND_LEADS_NO_MORE -> {
          elsewhere = "";
          // In one message: the client cannot send it again in between.
          ServerMessage away =
              ServerMessage.newBuilder().setRedirect(Redirect.newBuilder()).build();
          Reply reply = FakeState.failure(message, Failure.Kind.UNAVAILABLE, "busy just now");
          speak(
              () -> {
                responses.onNext(ServerMessage.newBuilder().setReply(reply).addMore(away).build());
                streams.remove(this);
                responses.onCompleted();
              });
        }
        case UNKNOWN -> {
          Reply unused = state.apply(secret, message);
          answer(FakeState.failure(message, Failure.Kind.UNKNOWN, "who knows"));
        }
        case REFUSE -> answer(FakeState.failure(message, Failure.Kind.REFUSED, "line is full"));
      }
    }

    private void answer(Reply reply) {
      send(ServerMessage.newBuilder().setReply(reply).build());
    }

    void send(ServerMessage message) {
      speak(() -> responses.onNext(message));
    }

    void redirect(String leader) {
      acting.lock();
      try {
        speak(
            () -> {
              responses.onNext(
                  ServerMessage.newBuilder()
                      .setRedirect(Redirect.newBuilder().setLeader(leader))
                      .build());
              streams.remove(this);
              responses.onCompleted();
            });
      } finally {
        acting.unlock();
      }
    }

    void breakOff() {
      speak(
          () -> {
            streams.remove(this);
            responses.onError(Status.UNAVAILABLE.withDescription("broken").asRuntimeException());
          });
    }

    /** Does so unless the stream has ended. */
    private void speak(Runnable words) {
      speaking.lock();
      try {
        if (streams.contains(this)) {
          words.run();
        }
      } finally {
        speaking.unlock();
      }
    }

    @Override
    public void onError(Throwable gone) {
      streams.remove(this);
    }

    @Override
    public void onCompleted() {
      speak(
          () -> {
            streams.remove(this);
            responses.onCompleted();
          });
    }
  }
}
