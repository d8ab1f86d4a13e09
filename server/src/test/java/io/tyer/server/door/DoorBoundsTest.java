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
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.tyer.protocol.v1.ListReply;
import io.tyer.protocol.v1.ListRequest;
import io.tyer.protocol.v1.LocksGrpc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What all clients together can hold. */
@Timeout(180)
class DoorBoundsTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final int UNREAD_BYTES = 1 << 20;

  private DoorHouse house;

  @BeforeEach
  void openTheDoor() throws IOException {
    house = new DoorHouse();
  }

  private void house(int connections, int unaryCalls, Duration unreadFor) throws IOException {
    house.close();
    house =
        new DoorHouse(
            new DoorLimits(
                connections,
                unaryCalls,
                64 * 1024,
                1_000,
                1_000,
                100,
                0,
                100,
                UNREAD_BYTES,
                unreadFor,
                LONG,
                LONG,
                LONG,
                LONG));
  }

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void aConnectionTooManyIsToldSoAndClosed() throws IOException {
    house(2, 10, LONG);
    RawClient first = house.client();
    first.ask(open(1, random(16)));
    house.client().ask(open(1, random(16)));

    Status third = house.client().end();

    assertThat(third.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(third.getDescription()).contains("takes 2 connections");
    assertThat(first.ask(enter(2, exclusive("a", random(16)))).getTicket().hasGranted()).isTrue();
    house.awaitConnections(2);
  }

  @Test
  void aConnectionThatGoesMakesRoom() throws IOException {
    house(1, 10, LONG);
    ManagedChannel first = house.channel();
    RawClient.on(first).ask(open(1, random(16)));
    first.shutdownNow();
    house.awaitConnections(0);

    assertThat(house.client().ask(open(1, random(16))).hasAlive()).isTrue();
  }

  /** Not even those that say nothing are more than a server bears. */
  @Test
  void manyTooManyAreClosedAtOnce() throws IOException {
    house(2, 10, LONG);
    int some = 20;
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 2 + Connections.TOLD + some; i++) {
        sockets.add(new Socket(InetAddress.getLoopbackAddress(), house.port()));
      }
      // Those that have had some time to be told why.
      for (Socket first : sockets.subList(2, 2 + some)) {
        first.setSoTimeout(5_000);
        assertThat(isClosed(first)).isTrue();
      }
      house.awaitConnections(2 + Connections.TOLD);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    house.awaitConnections(0);
  }

  private static boolean isClosed(Socket socket) throws IOException {
    try {
      // Behind what it was greeted with.
      byte[] greeting = socket.getInputStream().readAllBytes();
      assertThat(greeting.length).isLessThan(1_000);
      return true;
    } catch (java.net.SocketException reset) {
      return true;
    }
  }

  @Test
  void aCallTooManyIsToldSo() throws IOException {
    house(10, 2, LONG);
    house.replica.fallSilent();
    ManagedChannel channel = house.channel();
    List<Listing> waiting = List.of(new Listing(channel), new Listing(channel));
    waiting.forEach(Listing::ask);
    house.replica.awaitSubmitted(2);

    Listing third = new Listing(channel);
    third.ask();

    Status end = third.end();
    assertThat(end.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(end.getDescription()).contains("2 calls of one request");
    assertThat(house.client().hasReceivedNothing()).as("sessions are apart").isTrue();
    waiting.get(0).call.cancel("the test says so", null);
    house.awaitUnaryCalls(1);
  }

  @Test
  void aCallWithoutItsRequestIsDropped() throws IOException {
    house(10, 1, Duration.ofMillis(200));
    Listing silent = new Listing(house.channel());

    assertThat(silent.end().getCode()).isEqualTo(Status.Code.CANCELLED);
    house.awaitUnaryCalls(0);
    Listing next = new Listing(house.channel());
    next.ask();
    // On a busy machine it is too slow itself, but it has a place.
    assertThat(next.end().getCode()).isIn(Status.Code.OK, Status.Code.CANCELLED);
  }

  /** A call that does not read its reply is dropped, too, however little it would have to. */
  @Test
  void aCallThatDoesNotReadItsReplyIsDropped() throws IOException {
    house(10, 1, Duration.ofMillis(200));
    RawClient holder = house.client();
    holder.ask(open(1, random(16)));
    for (int i = 0; i < 300; i++) {
      holder.ask(
          enter(i + 2, exclusive("\u20ac".repeat(160) + i, random(16)).setOwner("x".repeat(256))));
    }
    ManagedChannel small = house.channel();
    Listing slow = new Listing(small, 0);
    slow.ask();

    house.awaitUnaryCalls(1);
    house.awaitUnaryCalls(0);
    slow.call.request(2);
    assertThat(slow.end().getCode()).isEqualTo(Status.Code.CANCELLED);
  }

  /** Neither the client nor the log has anything of it. */
  @Test
  void anAnswerToACallThatHasEndedIsNoFailure() {
    CountDownLatch answered = house.replica.hold();
    Listing impatient = new Listing(house.channel());
    impatient.ask();
    assertThat(house.replica.awaitSubmitted(1)).isEqualTo(1);
    impatient.call.cancel("the test says so", null);
    house.awaitUnaryCalls(0);

    try (Log log = new Log()) {
      answered.countDown();
      house.replica.elapse(1); // Is applied after it.
      assertThat(log.text()).isEmpty();
    }
  }

  /** However many they are, and however little each of them may leave unread. */
  @Test
  void whatAllLeaveUnreadIsBounded() throws IOException {
    house(100, 100, LONG);
    RawClient holder = house.client();
    holder.ask(open(1, random(16)));
    for (int i = 0; i < 300; i++) {
      holder.ask(
          enter(i + 2, exclusive("\u20ac".repeat(160) + i, random(16)).setOwner("x".repeat(256))));
    }
    int listing = 300 * (480 + 256);
    for (int i = 0; i < 20; i++) {
      Listing one = new Listing(house.channel(), 0);
      one.ask();
      assertThat(house.replica.awaitSubmitted(302 + i)).isEqualTo(302 + i);
    }

    house.awaitUnaryCalls(UNREAD_BYTES / listing);
    assertThat(house.unreadBytes()).isBetween(UNREAD_BYTES / 2L, (long) UNREAD_BYTES);
    assertThat(house.refused(Bound.SLOW)).isEqualTo(20 - UNREAD_BYTES / listing);
    assertThat(
            LocksGrpc.newBlockingStub(house.channel())
                .list(ListRequest.getDefaultInstance())
                .getLinesCount())
        .isEqualTo(300);
    assertThat(holder.ask(enter(400, exclusive("free", random(16)))).getTicket().hasGranted())
        .as("who reads is not dropped")
        .isTrue();
  }

  /** A call of List that is made as slowly as the test says. */
  private static final class Listing extends ClientCall.Listener<ListReply> {
    private final CompletableFuture<Status> ended = new CompletableFuture<>();
    private final ClientCall<ListRequest, ListReply> call;

    Listing(ManagedChannel channel) {
      this(channel, 2);
    }

    Listing(ManagedChannel channel, int reads) {
      // Of one request, the headers would not leave before it.
      call =
          channel.newCall(
              LocksGrpc.getListMethod().toBuilder().setType(MethodType.BIDI_STREAMING).build(),
              CallOptions.DEFAULT);
      call.start(this, new Metadata());
      if (reads > 0) {
        call.request(reads);
      }
    }

    void ask() {
      call.sendMessage(ListRequest.getDefaultInstance());
      call.halfClose();
    }

    Status end() {
      return ended.orTimeout(60, TimeUnit.SECONDS).join();
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      ended.complete(status);
    }
  }
}
