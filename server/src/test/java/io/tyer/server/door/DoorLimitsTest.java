package io.tyer.server.door;

import static io.tyer.server.door.RawClient.enter;
import static io.tyer.server.door.RawClient.exclusive;
import static io.tyer.server.door.RawClient.leave;
import static io.tyer.server.door.RawClient.open;
import static io.tyer.server.door.RawClient.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.tyer.protocol.v1.ClientMessage;
import io.tyer.protocol.v1.Enter;
import io.tyer.protocol.v1.Failure;
import io.tyer.protocol.v1.Open;
import io.tyer.protocol.v1.Weaken;
import io.tyer.server.state.Bounds;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DoorLimitsTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final String LOCK = "lock";

  private DoorHouse house;

  @BeforeEach
  void openTheDoor() throws IOException {
    house = new DoorHouse();
  }

  private void house(DoorLimits limits) throws IOException {
    house.close();
    house = new DoorHouse(limits);
  }

  private static DoorLimits limits(
      int perPeer, int unanswered, int rate, int unread, Duration unreadFor, Duration idle) {
    return new DoorLimits(
        100,
        100,
        64 * 1024,
        100,
        perPeer,
        unanswered,
        rate,
        unread,
        DoorLimits.DEFAULT.unreadBytes(),
        unreadFor,
        idle,
        LONG,
        LONG,
        LONG);
  }

  @AfterEach
  void close() {
    house.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refusedWithoutHarm(String why, ClientMessage garbage) {
    RawClient client = house.client();
    client.ask(open(1, random(16)));

    Failure failure = client.ask(garbage.toBuilder().setSequence(2).build()).getFailure();

    assertThat(failure.getKind()).isEqualTo(Failure.Kind.REFUSED);
    assertThat(failure.getMessage()).contains(why);
    assertThat(client.ask(enter(3, exclusive(LOCK, random(16)))).getTicket().hasGranted()).isTrue();
  }

  static Stream<Arguments> refusedWithoutHarm() {
    ByteString id = random(16);
    Enter.Builder good = exclusive(LOCK, id);
    return Stream.of(
        Arguments.of("must not be empty", message(good.clone().clearName())),
        Arguments.of("at most 512 bytes", message(good.clone().setName(random(513)))),
        Arguments.of("UTF-8", message(good.clone().setName(ByteString.fromHex("c328")))),
        Arguments.of("16 bytes; this has 0", message(good.clone().clearRequest())),
        Arguments.of("16 bytes; this has 17", message(good.clone().setRequest(random(17)))),
        Arguments.of("at most 256 characters", message(good.clone().setOwner("x".repeat(257)))),
        Arguments.of("no control characters", message(good.clone().setOwner("a\nb"))),
        Arguments.of("of shared tickets only", message(good.clone().setWeight(7))),
        Arguments.of("a capacity is 1", message(good.clone().setExclusive(false))),
        Arguments.of(
            "a weight is 1", message(good.clone().setExclusive(false).setWeight(5).setCapacity(3))),
        Arguments.of(
            "a weight is 1",
            message(good.clone().setExclusive(false).setWeight(-1).setCapacity(3))),
        Arguments.of("a ticket's number", leave(2, LOCK, id, -1)),
        Arguments.of("a ticket's number", leave(2, LOCK, id, Long.MAX_VALUE)),
        Arguments.of(
            "a capacity is 1",
            ClientMessage.newBuilder()
                .setWeaken(
                    Weaken.newBuilder().setName(RawClient.name(LOCK)).setRequest(id).setNumber(1))
                .build()),
        Arguments.of("settled is at most", message(good.clone()).toBuilder().setSettled(3).build()),
        Arguments.of("nothing in it that this server knows", unknown()));
  }

  private static ClientMessage message(Enter.Builder enter) {
    return enter(2, enter);
  }

  /** What a later version may send. */
  private static ClientMessage unknown() {
    return ClientMessage.newBuilder()
        .setUnknownFields(
            UnknownFieldSet.newBuilder()
                .addField(
                    99, UnknownFieldSet.Field.newBuilder().addLengthDelimited(random(3)).build())
                .build())
        .build();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void endsTheStream(String why, ClientMessage first, ClientMessage second) {
    RawClient bystander = house.client();
    bystander.ask(open(1, random(16)));
    RawClient client = house.client();

    client.send(first).send(second);

    Status end = client.end();
    assertThat(end.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(end.getDescription()).contains(why);
    assertThat(bystander.ask(enter(2, exclusive(LOCK, random(16)))).getTicket().hasGranted())
        .isTrue();
  }

  static Stream<Arguments> endsTheStream() {
    ClientMessage good = open(1, random(16));
    ClientMessage enter = enter(2, exclusive(LOCK, random(16)));
    return Stream.of(
        Arguments.of("begins with Open or Attach", enter, enter),
        Arguments.of("16 bytes; this has 15", open(1, random(15)), enter),
        Arguments.of("carries one session", good, open(2, random(16))),
        Arguments.of("a sequence number is 1", good, enter.toBuilder().setSequence(0).build()));
  }

  @Test
  void secretsAreNotRepeated() {
    ByteString secret = ByteString.copyFromUtf8("s3cr3t-s3cr3t-s3cr3t");
    RawClient client = house.client();
    client.send(open(1, secret));
    assertThat(client.end().toString()).doesNotContain("s3cr3t");
    ClientMessage huge =
        open(1, secret).toBuilder()
            .setOpen(Open.newBuilder().setSecret(secret.substring(0, 16)).setOwner("\u0001"))
            .build();
    assertThat(house.client().ask(huge).toString()).doesNotContain("s3cr3t");
  }

  @Test
  void aMessageThatIsTooLongEndsTheStream() {
    RawClient client = house.client();
    client.ask(open(1, random(16)));
    client.send(enter(2, exclusive(LOCK, random(16)).setOwner("x".repeat(65 * 1024))));
    Status end = client.end();
    assertThat(end.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(end.getDescription()).contains("exceeds maximum size 65536");
  }

  @Test
  void aStreamWithoutASessionIsDropped() throws IOException {
    house(limits(100, 100, 0, 100, LONG, SHORT));
    RawClient silent = house.client();
    RawClient speaking = house.client();
    speaking.ask(open(1, random(16)));
    RawClient dead = house.client();
    dead.ask(RawClient.attach(1, random(16)));

    assertThat(silent.end().getDescription()).contains("send Open or Attach within 300 ms");
    assertThat(dead.end().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    assertThat(speaking.hasReceivedNothing()).isTrue();
  }

  @Test
  void onePeerHasOnlySoManyStreams() throws IOException {
    house(limits(2, 100, 0, 100, LONG, LONG));
    ManagedChannel channel = house.channel();
    RawClient first = RawClient.on(channel);
    first.ask(open(1, random(16)));
    RawClient.on(channel).ask(open(1, random(16)));

    Status third = house.client().end();
    assertThat(third.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(third.getDescription()).contains("2 sessions' streams");

    first.finish();
    first.end();
    assertThat(house.client().ask(open(1, random(16))).hasAlive()).isTrue();
  }

  @Test
  void tooManyRequestsASecondAreRefused() throws IOException {
    house(limits(100, 100, 3, 100, LONG, LONG));
    RawClient client = house.client();
    client.ask(open(1, random(16)));
    client.ask(enter(2, exclusive("a", random(16))));
    client.ask(enter(3, exclusive("b", random(16))));
    Failure failure = client.ask(enter(4, exclusive("c", random(16)))).getFailure();
    assertThat(failure.getKind()).isEqualTo(Failure.Kind.UNAVAILABLE);
    assertThat(failure.getMessage()).contains("3 requests a second");
  }

  @Test
  void noMoreIsReadThanIsWorkedOn() throws IOException {
    house(limits(100, 5, 0, 100, LONG, LONG));
    RawClient client = house.client();
    client.ask(open(1, random(16)));
    house.replica.fallSilent();
    for (int i = 2; i < 20; i++) {
      client.send(enter(i, exclusive(LOCK, random(16))));
    }
    // A second stream of the connection shows that all has arrived that is let in.
    assertThat(house.replica.awaitSubmitted(1 + 5)).isEqualTo(1 + 5);
    RawClient other = house.client();
    other.send(open(1, random(16)));
    assertThat(house.replica.awaitSubmitted(1 + 5 + 1)).isEqualTo(1 + 5 + 1);
  }

  @Test
  void whoDoesNotReadForTooLongIsDropped() throws IOException {
    slowReader(limits(100, 10_000, 0, 1_000_000, SHORT, LONG));
  }

  @Test
  void whoLeavesTooMuchUnreadIsDropped() throws IOException {
    slowReader(limits(100, 10_000, 0, 100, LONG, LONG));
  }

  @Test
  void whoLeavesTooManyBytesUnreadIsDropped() throws IOException {
    DoorLimits d = limits(100, 10_000, 0, 1_000_000, LONG, LONG);
    slowReader(d.withUnreadBytes(1 << 20));
  }

  private void slowReader(DoorLimits limits) throws IOException {
    house(limits);
    RawClient neighbour = house.client();
    neighbour.ask(open(1, random(16)));
    RawClient slow = RawClient.on(house.channel(), false);
    slow.send(open(1, random(16)));
    // Replies are long where those in the way have long owners.
    RawClient holder = house.client();
    holder.ask(open(1, random(16)));
    for (int i = 0; i < Bounds.MAX_BLOCKERS; i++) {
      holder.ask(
          enter(
              i + 2,
              Enter.newBuilder()
                  .setName(RawClient.name(LOCK))
                  .setRequest(random(16))
                  .setOwner("\u20ac".repeat(256))
                  .setWeight(1)
                  .setCapacity(100)));
    }
    for (int i = 2; i < 700; i++) {
      slow.send(enter(i, exclusive(LOCK, random(16)).setOnlyIfFree(true)));
    }

    house.awaitStreams(2);
    assertThat(slow.readAll()).as("nothing was kept for it").isLessThan(500);
    assertThat(slow.end().getCode()).isEqualTo(Status.Code.CANCELLED);
    assertThat(neighbour.ask(enter(2, exclusive("free", random(16)))).getTicket().hasGranted())
        .isTrue();
  }

  @Test
  void limitsAreChecked() {
    assertThatThrownBy(() -> limits(0, 1, 0, 1, LONG, LONG))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("streamsPerPeer");
    assertThatThrownBy(() -> limits(1, 1, 0, 1, Duration.ZERO, LONG))
        .hasMessageContaining("unreadFor");
  }
}
