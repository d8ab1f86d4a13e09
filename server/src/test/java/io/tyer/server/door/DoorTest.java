package io.tyer.server.door;

import static io.tyer.server.door.RawClient.attach;
import static io.tyer.server.door.RawClient.enter;
import static io.tyer.server.door.RawClient.exclusive;
import static io.tyer.server.door.RawClient.leave;
import static io.tyer.server.door.RawClient.name;
import static io.tyer.server.door.RawClient.open;
import static io.tyer.server.door.RawClient.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.TextFormat;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tyer.protocol.v1.AddMemberRequest;
import io.tyer.protocol.v1.Beat;
import io.tyer.protocol.v1.ClientMessage;
import io.tyer.protocol.v1.Failure;
import io.tyer.protocol.v1.ListReply;
import io.tyer.protocol.v1.ListRequest;
import io.tyer.protocol.v1.LocksGrpc;
import io.tyer.protocol.v1.Member;
import io.tyer.protocol.v1.MembersGrpc;
import io.tyer.protocol.v1.RemoveMemberRequest;
import io.tyer.protocol.v1.Reply;
import io.tyer.protocol.v1.RevokeRequest;
import io.tyer.protocol.v1.ServerMessage;
import io.tyer.protocol.v1.StatusRequest;
import io.tyer.protocol.v1.TransferRequest;
import io.tyer.server.replica.MemoryIsUsedUp;
import io.tyer.server.replica.Replica;
import io.tyer.server.state.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DoorTest {
  private static final String LOCK = "orders/42";

  /** As clients have it. */
  private static final Metadata.Key<String> LEADER =
      Metadata.Key.of("tyer-leader", Metadata.ASCII_STRING_MARSHALLER);

  private DoorHouse house;

  @BeforeEach
  void start() throws IOException {
    house = new DoorHouse();
  }

  @AfterEach
  void stop() {
    house.close();
  }

  @Test
  void aSessionEntersAndLeavesAndTheNextOneIsTold() {
    RawClient first = house.client();
    RawClient second = house.client();
    assertThat(first.ask(open(1, random(16))).hasAlive()).isTrue();
    assertThat(second.ask(open(1, random(16))).hasAlive()).isTrue();
    ByteString mine = random(16);
    ByteString theirs = random(16);

    Reply granted = first.ask(enter(2, exclusive(LOCK, mine)));
    long number = granted.getTicket().getGranted().getNumber();
    assertThat(number).isPositive();
    Reply waiting = second.ask(enter(2, exclusive(LOCK, theirs)));
    assertThat(waiting.getTicket().getWaiting().getAhead()).isEqualTo(1);
    assertThat(waiting.getTicket().getWaiting().getBlockers(0).getRequest()).isEqualTo(mine);
    assertThat(first.ask(leave(3, LOCK, mine, number)).getFound()).isTrue();

    var event = second.event().getGranted();
    assertThat(event.getName()).isEqualTo(name(LOCK));
    assertThat(event.getRequest()).isEqualTo(theirs);
    assertThat(event.getNumber()).isGreaterThan(number);
  }

  @Test
  void whatOthersSeeIsThePublicId() throws Exception {
    RawClient first = house.client();
    ByteString secret = random(16);
    first.ask(open(1, secret));
    first.ask(enter(2, exclusive(LOCK, random(16))));

    ListReply listed =
        LocksGrpc.newBlockingStub(house.channel()).list(ListRequest.getDefaultInstance());

    assertThat(listed.getLines(0).getTickets(0).getSession())
        .isEqualTo(
            ByteString.copyFrom(MessageDigest.getInstance("SHA-256").digest(secret.toByteArray()))
                .substring(0, 16));
    assertThat(listed.toString()).doesNotContain(TextFormat.escapeBytes(secret));
  }

  @Test
  void nobodyFreesAnythingByKnowingItsNameAndNumber() {
    RawClient holder = house.client();
    RawClient thief = house.client();
    holder.ask(open(1, random(16)));
    thief.ask(open(1, random(16)));
    ByteString request = random(16);
    long number =
        holder.ask(enter(2, exclusive(LOCK, request))).getTicket().getGranted().getNumber();

    assertThat(thief.ask(leave(2, LOCK, request, number)).getFound()).isFalse();
    Reply check = thief.ask(enter(3, exclusive(LOCK, random(16)).setOnlyIfFree(true)));
    assertThat(check.getTicket().hasRefused()).isTrue();
  }

  @Test
  void whatIsAskedAgainIsAnsweredAsItWas() {
    RawClient client = house.client();
    ByteString secret = random(16);
    client.ask(open(1, secret));
    ByteString request = random(16);
    Reply entered = client.ask(enter(2, exclusive(LOCK, request)));
    long number = entered.getTicket().getGranted().getNumber();
    assertThat(client.ask(leave(3, LOCK, request, number)).getFound()).isTrue();

    assertThat(client.ask(leave(3, LOCK, request, number)).getFound()).isTrue();
    RawClient again = house.client();
    again.ask(attach(4, secret));
    assertThat(again.ask(enter(2, exclusive(LOCK, request)))).isEqualTo(entered);
  }

  @Test
  void aNewerStreamTakesTheSessionOver() {
    RawClient old = house.client();
    RawClient holder = house.client();
    ByteString secret = random(16);
    ByteString held = random(16);
    ByteString waits = random(16);
    holder.ask(open(1, random(16)));
    long number = holder.ask(enter(2, exclusive(LOCK, held))).getTicket().getGranted().getNumber();
    old.ask(open(1, secret));
    old.ask(enter(2, exclusive("other", held)));
    old.ask(enter(3, exclusive(LOCK, waits)));

    RawClient newer = house.client();
    Reply attached = newer.ask(attach(4, secret));

    assertThat(old.end().getCode()).isEqualTo(Status.Code.ABORTED);
    assertThat(attached.getAlive().getTicketsList())
        .anySatisfy(
            ticket -> {
              assertThat(ticket.getRequest()).isEqualTo(held);
              assertThat(ticket.getGranted()).isTrue();
            })
        .anySatisfy(
            ticket -> {
              assertThat(ticket.getRequest()).isEqualTo(waits);
              assertThat(ticket.getGranted()).isFalse();
            })
        .hasSize(2);
    holder.ask(leave(3, LOCK, held, number));
    assertThat(newer.event().getGranted().getRequest()).isEqualTo(waits);
  }

  @Test
  void aRecallThatNobodyHeardIsToldToWhoeverAttaches() {
    ByteString secret = random(16);
    ByteString kept = random(16);
    RawClient keeper = house.client();
    keeper.ask(open(1, secret));
    keeper.ask(enter(2, exclusive(LOCK, kept).setRecallable(true)));
    keeper.vanish();
    RawClient waiter = house.client();
    waiter.ask(open(1, random(16)));
    waiter.ask(enter(2, exclusive(LOCK, random(16))));

    Reply attached = house.client().ask(attach(3, secret));

    assertThat(attached.getAlive().getTicketsList())
        .singleElement()
        .satisfies(ticket -> assertThat(ticket.getRecalled()).isTrue());
  }

  @Test
  void aStreamThatEndsDoesNotEndItsSession() {
    ByteString secret = random(16);
    RawClient first = house.client();
    first.ask(open(1, secret));
    first.ask(enter(2, exclusive(LOCK, random(16))));
    first.finish();
    assertThat(first.end().isOk()).isTrue();

    RawClient second = house.client();
    assertThat(second.ask(attach(3, secret)).getAlive().getTicketsCount()).isEqualTo(1);
    second.vanish();
    assertThat(house.client().ask(attach(4, secret)).getAlive().getTicketsCount()).isEqualTo(1);
  }

  @Test
  void aSessionWithoutBeatsEndsAndIsTold() {
    RawClient beating = house.client();
    RawClient silent = house.client();
    beating.ask(open(1, random(16)));
    silent.ask(open(1, random(16)));

    house.replica.elapse(1_500);
    ClientMessage beat =
        ClientMessage.newBuilder().setSequence(2).setBeat(Beat.getDefaultInstance()).build();
    assertThat(beating.ask(beat).hasAlive()).isTrue();
    house.replica.elapse(1_500);

    assertThat(silent.event().getEnded()).contains("2000 ms");
    assertThat(silent.ask(beat).getFailure().getKind()).isEqualTo(Failure.Kind.SESSION_DEAD);
    assertThat(beating.ask(beat.toBuilder().setSequence(3).build()).hasAlive()).isTrue();
  }

  @Test
  void aMemberThatDoesNotLeadSendsClientsToTheLeader() {
    RawClient before = house.client();
    before.ask(open(1, random(16)));

    house.replica.lead(false);

    assertThat(before.next().getRedirect().getLeader()).isEqualTo("other.example:7878");
    assertThat(before.end().isOk()).isTrue();
    RawClient after = house.client();
    assertThat(after.next().getRedirect().getLeader()).isEqualTo("other.example:7878");
    assertThat(after.end().isOk()).isTrue();
    house.replica.lead(true);
    assertThat(house.client().ask(open(1, random(16))).hasAlive()).isTrue();
  }

  @Test
  void aCommandThatFindsNoLeaderRedirectsOnce() {
    RawClient client = house.client();
    client.ask(open(1, random(16)));
    house.replica.fail(Replica.Failure.NOT_LEADING);
    client.send(enter(2, exclusive(LOCK, random(16))));
    client.send(enter(3, exclusive(LOCK, random(16))));

    assertThat(client.next().hasRedirect()).isTrue();
    assertThat(client.end().isOk()).isTrue();
  }

  @Test
  void whatHasNoOutcomeSaysWhetherItMayHaveHadAnEffect() {
    RawClient client = house.client();
    client.ask(open(1, random(16)));
    house.replica.fail(Replica.Failure.BUSY);
    assertThat(client.ask(enter(2, exclusive(LOCK, random(16)))).getFailure().getKind())
        .isEqualTo(Failure.Kind.UNAVAILABLE);
    house.replica.fail(Replica.Failure.UNKNOWN);
    assertThat(client.ask(enter(3, exclusive(LOCK, random(16)))).getFailure().getKind())
        .isEqualTo(Failure.Kind.UNKNOWN);
    house.replica.fail(null);
    assertThat(client.ask(enter(3, exclusive(LOCK, random(16)))).getTicket().hasGranted()).isTrue();
  }

  @Test
  void repliesAndEventsKeepTheOrderOfTheRequests() {
    RawClient client = house.client();
    client.send(open(1, random(16)));
    for (int i = 2; i <= 500; i++) {
      client.send(enter(i, exclusive("lock " + i, random(16))));
    }
    for (int i = 1; i <= 500; i++) {
      assertThat(client.next().getReply().getSequence()).isEqualTo(i);
    }
  }

  @Test
  void anOperatorRevokesAndTheHolderIsTold() {
    RawClient holder = house.client();
    holder.ask(open(1, random(16)));
    holder.ask(enter(2, exclusive(LOCK, random(16))));

    int count =
        LocksGrpc.newBlockingStub(house.channel())
            .revoke(RevokeRequest.newBuilder().setName(name(LOCK)).build())
            .getCount();

    assertThat(count).isEqualTo(1);
    assertThat(holder.event().getChanged()).isEqualTo(name(LOCK));
  }

  @Test
  void whatOnlyTheLeaderAnswersNamesTheLeader() {
    house.replica.lead(false);
    var locks = LocksGrpc.newBlockingStub(house.channel());

    StatusRuntimeException refused =
        catchThrowableOfType(
            StatusRuntimeException.class, () -> locks.list(ListRequest.getDefaultInstance()));

    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(Objects.requireNonNull(refused.getTrailers()).get(LEADER))
        .isEqualTo("other.example:7878");
    assertThat(locks.status(StatusRequest.getDefaultInstance()).getLeader())
        .isEqualTo("other.example:7878");
  }

  @Test
  void membersAreChangedByOperators() {
    var members = MembersGrpc.newBlockingStub(house.channel());
    Member good =
        Member.newBuilder()
            .setId("3")
            .setPeerAddress("c.example:7879")
            .setClientAddress("[::1]:7878")
            .build();
    assertThat(members.add(AddMemberRequest.newBuilder().setMember(good).build()).getMembersCount())
        .isEqualTo(2);
    Member bad = good.toBuilder().setPeerAddress("c.example").build();
    assertRefused(
        () -> members.add(AddMemberRequest.newBuilder().setMember(bad).build()),
        Status.Code.INVALID_ARGUMENT,
        "peer_address is host:port");
    assertRefused(
        () -> members.remove(RemoveMemberRequest.newBuilder().setId("9").build()),
        Status.Code.INVALID_ARGUMENT,
        "no member is called 9");
    assertRefused(
        () -> members.transfer(TransferRequest.newBuilder().setId("2").build()),
        Status.Code.INTERNAL,
        "its log says how");
  }

  @Test
  void whatIsWrongWithTheServerIsForItsLogOnly() throws Exception {
    ByteString secret = ByteString.copyFromUtf8("s3cr3t-s3cr3t-s3");
    RawClient client = house.client();
    client.ask(open(1, secret));
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    Status end;
    try {
      house.replica.breakDown();
      client.send(attach(2, secret));
      end = client.end();
    } finally {
      System.setErr(before);
    }
    assertThat(end.getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(end.getDescription()).contains("its log says how").doesNotContain("detail");
    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains("a detail of the server's")
        .doesNotContain("s3cr3t");
  }

  @Test
  void anAnswerThatFindsNoMemoryIsRefusedAndToldTheProgram() {
    ByteString secret = random(16);
    RawClient client = house.client();
    client.ask(open(1, secret));
    try (MemoryIsUsedUp memory = new MemoryIsUsedUp();
        Log log = new Log()) {
      house.replica.answerWith(new Outcome.Attached(false, 2_000, memory.list()));
      client.send(attach(2, secret));
      assertThat(client.end().getCode()).isEqualTo(Status.Code.INTERNAL);
      memory.isTold();
      assertThat(log.text()).contains("as the test says");
    }
    try (MemoryIsUsedUp memory = new MemoryIsUsedUp();
        Log log = new Log()) {
      house.replica.answerWith(new Outcome.Listed(memory.list(), false));
      LocksGrpc.LocksBlockingStub locks = LocksGrpc.newBlockingStub(house.channel());
      assertRefused(
          () -> locks.list(ListRequest.getDefaultInstance()),
          Status.Code.INTERNAL,
          "its log says how");
      memory.isTold();
      assertThat(log.text()).contains("as the test says");
    }
    house.replica.answerWith(null);
    assertThat(house.client().ask(open(1, random(16))).hasAlive()).isTrue();
  }

  @Test
  void aServerThatStopsEndsItsStreams() {
    RawClient client = house.client();
    client.ask(open(1, random(16)));
    house.close();
    assertThat(client.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void messagesWithoutANumberAreNotAnswered() {
    RawClient client = house.client();
    client.ask(open(1, random(16)));
    client.send(ClientMessage.newBuilder().setBeat(Beat.getDefaultInstance()).build());
    ServerMessage next =
        ServerMessage.newBuilder()
            .setReply(client.ask(enter(2, exclusive(LOCK, random(16)))))
            .build();
    assertThat(next.getReply().getSequence()).isEqualTo(2);
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, Status.Code code, String why) {
    StatusRuntimeException refused = catchThrowableOfType(StatusRuntimeException.class, call);
    assertThat(refused.getStatus().getCode()).isEqualTo(code);
    assertThat(refused.getStatus().getDescription()).contains(why).doesNotContain("detail");
  }
}
