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
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.tyer.protocol.v1.AddMemberRequest;
import io.tyer.protocol.v1.Beat;
import io.tyer.protocol.v1.ClientMessage;
import io.tyer.protocol.v1.CreateTokenReply;
import io.tyer.protocol.v1.CreateTokenRequest;
import io.tyer.protocol.v1.Failure;
import io.tyer.protocol.v1.ListReply;
import io.tyer.protocol.v1.ListRequest;
import io.tyer.protocol.v1.ListTokensRequest;
import io.tyer.protocol.v1.LocksGrpc;
import io.tyer.protocol.v1.MembersGrpc;
import io.tyer.protocol.v1.Quotas;
import io.tyer.protocol.v1.Reply;
import io.tyer.protocol.v1.RevokeRequest;
import io.tyer.protocol.v1.RevokeTokenRequest;
import io.tyer.protocol.v1.StatusRequest;
import io.tyer.protocol.v1.TokenView;
import io.tyer.protocol.v1.TokensGrpc;
import io.tyer.server.access.BearerToken;
import io.tyer.server.guard.Guard;
import io.tyer.server.guard.OperatorToken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who shows no token that counts gets nothing; others get what their token allows. */
class TokensTest {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  @TempDir private Path directory;
  private Path operatorFile;
  private OperatorToken operatorToken;
  private String operator;
  private final AtomicLong wall = new AtomicLong(1_000_000);
  private DoorHouse house;
  private Log log;

  @BeforeEach
  void start() throws IOException {
    operator = BearerToken.randomOfOperator(RANDOM).reveal();
    operatorFile = directory.resolve("operator");
    Files.writeString(operatorFile, operator + "\n");
    log = new Log();
    // Entries have this time.
    operatorToken = OperatorToken.in(operatorFile);
    house = new DoorHouse(DoorLimits.DEFAULT, Guard.demanding(operatorToken, wall::get));
  }

  @AfterEach
  void stop() {
    house.close();
    log.close();
  }

  private Channel with(String authorization) {
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, authorization);
    return ClientInterceptors.intercept(
        house.channel(), MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private Channel as(String token) {
    return with("Bearer " + token);
  }

  private CreateTokenReply create(CreateTokenRequest.Builder request) {
    return TokensGrpc.newBlockingStub(as(operator)).create(request.build());
  }

  private CreateTokenReply create(String... grants) {
    return create(CreateTokenRequest.newBuilder().addAllGrants(List.of(grants)));
  }

  private void revoke(CreateTokenReply token) {
    RevokeTokenRequest request = RevokeTokenRequest.newBuilder().setId(token.getId()).build();
    assertThat(TokensGrpc.newBlockingStub(as(operator)).revoke(request).getFound()).isTrue();
  }

  private static Status failure(Callable<?> call) {
    StatusRuntimeException e = catchThrowableOfType(StatusRuntimeException.class, call::call);
    assertThat(e).isNotNull();
    return e.getStatus();
  }

  private static ListRequest all() {
    return ListRequest.getDefaultInstance();
  }

  private static ClientMessage beat(long sequence) {
    return ClientMessage.newBuilder()
        .setSequence(sequence)
        .setBeat(Beat.getDefaultInstance())
        .build();
  }

  private void getsNothing(Channel channel) {
    Status session = RawClient.on(channel).end();
    assertThat(session.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    var locks = LocksGrpc.newBlockingStub(channel);
    var tokens = TokensGrpc.newBlockingStub(channel);
    var members = MembersGrpc.newBlockingStub(channel);
    List<Callable<?>> calls =
        List.of(
            () -> locks.list(all()),
            () -> locks.status(StatusRequest.getDefaultInstance()),
            () -> locks.revoke(RevokeRequest.newBuilder().setName(name("a")).build()),
            () -> tokens.create(CreateTokenRequest.newBuilder().addGrants("acquire").build()),
            () -> tokens.list(ListTokensRequest.getDefaultInstance()),
            () -> tokens.revoke(RevokeTokenRequest.newBuilder().setId("0").build()),
            () -> members.add(AddMemberRequest.getDefaultInstance()));
    for (Callable<?> call : calls) {
      assertThat(failure(call).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    }
  }

  @Test
  void withoutATokenThatCountsNothingIsHad() {
    CreateTokenReply token = create("acquire,read");
    getsNothing(house.channel());
    getsNothing(as(""));
    getsNothing(as("x"));
    getsNothing(with("Basic " + token.getToken()));
    getsNothing(as(BearerToken.random(RANDOM).reveal()));
    getsNothing(as(BearerToken.randomOfOperator(RANDOM).reveal()));
    String other = create("acquire").getToken();
    // The one's id and the other's secret.
    getsNothing(as(token.getToken().substring(0, 22) + other.substring(22)));
    getsNothing(as(token.getToken() + "x"));
    revoke(token);
    getsNothing(as(token.getToken()));
    String expired =
        create(CreateTokenRequest.newBuilder().addGrants("acquire").setLifetimeMillis(1))
            .getToken();
    assertThat(LocksGrpc.newBlockingStub(as(expired)).list(all()).getLinesCount()).isZero();
    wall.incrementAndGet();
    getsNothing(as(expired));
    assertThat(log.text()).contains("io.tyer.server.audit").doesNotContain(token.getToken());
    assertThat(log.text()).doesNotContain(operator);
  }

  @Test
  void aTokenDoesWhatItMayAndCannotTellWhatElseThereIs() {
    CreateTokenReply token = create("acquire,read:orders/", "read:pub");
    RawClient mine = RawClient.on(as(token.getToken()));
    RawClient operators = RawClient.on(as(operator));
    assertThat(mine.ask(open(1, random(16))).hasAlive()).isTrue();
    assertThat(operators.ask(open(1, random(16))).hasAlive()).isTrue();
    assertThat(operators.ask(enter(2, exclusive("secret", random(16)))).hasTicket()).isTrue();
    assertThat(operators.ask(enter(3, exclusive("public", random(16)))).hasTicket()).isTrue();
    assertThat(mine.ask(enter(2, exclusive("orders/1", random(16)))).hasTicket()).isTrue();

    Failure there = mine.ask(enter(3, exclusive("secret", random(16)))).getFailure();
    Failure notThere = mine.ask(enter(4, exclusive("nobody", random(16)))).getFailure();
    assertThat(there.getKind()).isEqualTo(Failure.Kind.FORBIDDEN);
    assertThat(there.getMessage().replace("secret", "nobody")).isEqualTo(notThere.getMessage());
    ClientMessage try1 = enter(5, exclusive("secret", random(16)).setOnlyIfFree(true));
    assertThat(mine.ask(try1).getFailure().getKind()).isEqualTo(Failure.Kind.FORBIDDEN);

    var locks = LocksGrpc.newBlockingStub(as(token.getToken()));
    ListReply seen = locks.list(all());
    assertThat(seen.getLinesList())
        .extracting(line -> line.getName().toStringUtf8())
        .containsExactly("orders/1", "public");
    assertThat(seen.getMore()).isFalse();
    ListRequest secret = ListRequest.newBuilder().setPrefix(name("sec")).build();
    assertThat(locks.list(secret).getLinesCount()).isZero();
    for (String lock : List.of("orders/1", "secret", "nobody")) {
      RevokeRequest force = RevokeRequest.newBuilder().setName(name(lock)).build();
      assertThat(failure(() -> locks.revoke(force)).getCode())
          .isEqualTo(Status.Code.PERMISSION_DENIED);
    }
    var status = locks.status(StatusRequest.getDefaultInstance());
    assertThat(status.getSessions() + status.getTickets()).isZero();
    assertThat(
            LocksGrpc.newBlockingStub(as(operator))
                .status(StatusRequest.getDefaultInstance())
                .getSessions())
        .isEqualTo(2);
    var members = MembersGrpc.newBlockingStub(as(token.getToken()));
    assertThat(failure(() -> members.add(AddMemberRequest.getDefaultInstance())).getCode())
        .isEqualTo(Status.Code.PERMISSION_DENIED);
    var tokens = TokensGrpc.newBlockingStub(as(token.getToken()));
    assertThat(failure(() -> tokens.list(ListTokensRequest.getDefaultInstance())).getCode())
        .isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(log.text()).contains("token " + token.getId()).contains("has not the right");
  }

  @Test
  void aRevokedTokensSessionMayOnlyGiveBackAndEndsWithItsTime() {
    CreateTokenReply token = create("acquire");
    RawClient client = RawClient.on(as(token.getToken()));
    ByteString first = random(16);
    ByteString second = random(16);
    assertThat(client.ask(open(1, random(16))).hasAlive()).isTrue();
    long number = client.ask(enter(2, exclusive("a", first))).getTicket().getGranted().getNumber();
    assertThat(client.ask(enter(3, exclusive("b", second))).hasTicket()).isTrue();
    revoke(token);
    assertThat(client.ask(beat(4)).getFailure().getKind()).isEqualTo(Failure.Kind.UNAUTHENTICATED);
    assertThat(client.ask(enter(5, exclusive("c", random(16)))).getFailure().getKind())
        .isEqualTo(Failure.Kind.UNAUTHENTICATED);
    assertThat(client.ask(leave(6, "a", first, number)).getFound()).isTrue();
    house.replica.elapse(1_500);
    assertThat(client.ask(beat(7)).hasFailure()).isTrue();
    house.replica.elapse(600);
    assertThat(client.event().getEnded()).contains("TTL");
  }

  @Test
  void aSessionGoesOnUnderAnotherToken() {
    CreateTokenReply before = create("acquire");
    ByteString secret = random(16);
    RawClient client = RawClient.on(as(before.getToken()));
    assertThat(client.ask(open(1, secret)).hasAlive()).isTrue();
    assertThat(client.ask(enter(2, exclusive("a", random(16)))).hasTicket()).isTrue();
    revoke(before);
    CreateTokenReply after = create("acquire:b");
    RawClient again = RawClient.on(as(after.getToken()));
    Reply attached = again.ask(attach(3, secret));
    assertThat(attached.getAlive().getTicketsList()).hasSize(1);
    assertThat(again.ask(beat(4)).hasAlive()).isTrue();
    assertThat(again.ask(enter(5, exclusive("c", random(16)))).getFailure().getKind())
        .isEqualTo(Failure.Kind.FORBIDDEN);
    assertThat(again.ask(enter(6, exclusive("b", random(16)))).hasTicket()).isTrue();
  }

  @Test
  void quotasBoundWhatOneTokenHas() {
    CreateTokenReply token =
        create(
            CreateTokenRequest.newBuilder()
                .setLabel("few")
                .addGrants("acquire")
                .setQuotas(Quotas.newBuilder().setSessions(2).setTickets(3).setWaiting(1)));
    RawClient one = RawClient.on(as(token.getToken()));
    RawClient two = RawClient.on(as(token.getToken()));
    RawClient three = RawClient.on(as(token.getToken()));
    assertThat(one.ask(open(1, random(16))).hasAlive()).isTrue();
    assertThat(two.ask(open(1, random(16))).hasAlive()).isTrue();
    assertThat(three.ask(open(1, random(16))).getFailure().getMessage()).contains("2 sessions");
    assertThat(one.ask(enter(2, exclusive("a", random(16)))).hasTicket()).isTrue();
    assertThat(two.ask(enter(2, exclusive("a", random(16)))).getTicket().hasWaiting()).isTrue();
    assertThat(two.ask(enter(3, exclusive("a", random(16)))).getFailure().getMessage())
        .contains("1 waiting");
    assertThat(two.ask(enter(4, exclusive("b", random(16)))).getTicket().hasGranted()).isTrue();
    assertThat(one.ask(enter(3, exclusive("c", random(16)))).getFailure().getMessage())
        .contains("3 tickets");
    TokenView view =
        TokensGrpc.newBlockingStub(as(operator))
            .list(ListTokensRequest.getDefaultInstance())
            .getTokens(0);
    assertThat(view.getUsed())
        .isEqualTo(Quotas.newBuilder().setSessions(2).setTickets(3).setWaiting(1).build());
    assertThat(view.getLabel()).isEqualTo("few");
    assertThat(view.getGrantsList()).containsExactly("acquire");
  }

  @Test
  void aTokenAsksNoMoreOftenThanItsQuotaOverAllStreams() {
    CreateTokenReply token =
        create(
            CreateTokenRequest.newBuilder()
                .addGrants("acquire")
                .setQuotas(Quotas.newBuilder().setRequestsPerSecond(5)));
    int refused = 0;
    for (int i = 0; i < 10; i++) {
      Channel channel = as(token.getToken());
      StatusRuntimeException e =
          catchThrowableOfType(
              StatusRuntimeException.class, () -> LocksGrpc.newBlockingStub(channel).list(all()));
      refused += e == null ? 0 : 1;
      if (e != null) {
        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      }
    }
    assertThat(refused).isBetween(1, 5);
    assertThat(LocksGrpc.newBlockingStub(as(operator)).list(all()).getLinesCount()).isZero();
  }

  @Test
  void whoHasProvedASessionGoesOnUnderTheTokenThatWasShown() {
    ByteString secret = random(16);
    RawClient before = RawClient.on(as(operator));
    assertThat(before.ask(open(1, secret)).hasAlive()).isTrue();
    assertThat(before.ask(enter(2, exclusive("a", random(16)))).hasTicket()).isTrue();
    RawClient weak = RawClient.on(as(create("acquire:b").getToken()));
    assertThat(weak.ask(open(3, secret)).getFailure().getKind()).isEqualTo(Failure.Kind.REFUSED);
    assertThat(weak.ask(enter(4, exclusive("c", random(16)))).getFailure().getKind())
        .isEqualTo(Failure.Kind.FORBIDDEN);
    assertThat(weak.ask(enter(5, exclusive("b", random(16)))).hasTicket()).isTrue();
  }

  @Test
  void whatWasRefusedForATokenIsDoneUnderAnotherWhenItIsSentAgain() {
    CreateTokenReply before = create("acquire");
    ByteString secret = random(16);
    ClientMessage enter = enter(2, exclusive("a", random(16)));
    RawClient client = RawClient.on(as(before.getToken()));
    assertThat(client.ask(open(1, secret)).hasAlive()).isTrue();
    revoke(before);
    assertThat(client.ask(enter).getFailure().getKind()).isEqualTo(Failure.Kind.UNAUTHENTICATED);
    RawClient again = RawClient.on(as(create("acquire").getToken()));
    assertThat(again.ask(attach(3, secret)).hasAlive()).isTrue();
    long number = again.ask(enter).getTicket().getGranted().getNumber();
    assertThat(again.ask(enter).getTicket().getGranted().getNumber()).isEqualTo(number);
  }

  @Test
  void aRevokedTokenWaitsForNothing() {
    CreateTokenReply token = create("acquire");
    RawClient holder = RawClient.on(as(operator));
    RawClient waiter = RawClient.on(as(token.getToken()));
    RawClient next = RawClient.on(as(operator));
    ByteString mine = random(16);
    assertThat(holder.ask(open(1, random(16))).hasAlive()).isTrue();
    assertThat(waiter.ask(open(1, random(16))).hasAlive()).isTrue();
    assertThat(next.ask(open(1, random(16))).hasAlive()).isTrue();
    long number = holder.ask(enter(2, exclusive("a", mine))).getTicket().getGranted().getNumber();
    var waits = waiter.ask(enter(2, exclusive("a", random(16)))).getTicket().getWaiting();
    assertThat(waits.getBlockers(0).getOwner()).as("it may not read").isEmpty();
    assertThat(next.ask(enter(2, exclusive("a", random(16)))).getTicket().hasWaiting()).isTrue();
    revoke(token);
    assertThat(waiter.event().getChanged()).isEqualTo(name("a"));
    assertThat(holder.ask(leave(3, "a", mine, number)).getFound()).isTrue();
    assertThat(next.event().hasGranted()).isTrue();
  }

  @Test
  void aTokenThatOnlyReadsOpensNoSession() {
    RawClient client = RawClient.on(as(create("read").getToken()));
    assertThat(client.ask(open(1, random(16))).getFailure().getKind())
        .isEqualTo(Failure.Kind.FORBIDDEN);
  }

  @Test
  void aMemberThatWasStartedWithoutTokensLetsNobodyInWhereThereAreSome() throws IOException {
    CreateTokenReply token = create("acquire");
    try (DoorHouse open = new DoorHouse(DoorLimits.DEFAULT, Guard.none(), house.replica)) {
      Status refused = failure(() -> LocksGrpc.newBlockingStub(open.channel()).list(all()));
      assertThat(refused.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(refused.getDescription()).contains("start it with --operator-token");
      revoke(token);
      assertThat(LocksGrpc.newBlockingStub(open.channel()).list(all()).getLinesCount()).isZero();
      assertThat(
              failure(
                      () ->
                          TokensGrpc.newBlockingStub(open.channel())
                              .list(ListTokensRequest.getDefaultInstance()))
                  .getDescription())
          .contains("wants no access tokens");
    }
  }

  @Test
  void aConnectionOnWhichNobodyIsLetInIsClosedAndOthersAreNot() throws IOException {
    DoorLimits d = DoorLimits.DEFAULT;
    DoorLimits limits =
        new DoorLimits(
            d.connections(),
            d.unaryCalls(),
            d.messageBytes(),
            d.streamsPerConnection(),
            d.streamsPerPeer(),
            d.unanswered(),
            d.requestsPerSecond(),
            d.unread(),
            d.unreadFor(),
            Duration.ofMillis(500),
            d.connectionIdle(),
            d.pingAfter(),
            d.pingTimeout());
    try (DoorHouse quick = new DoorHouse(limits, Guard.demanding(operatorToken, wall::get));
        Socket idle = new Socket(InetAddress.getLoopbackAddress(), quick.port())) {
      ManagedChannel refused = quick.channel();
      assertThat(failure(() -> LocksGrpc.newBlockingStub(refused).list(all())).getCode())
          .isEqualTo(Status.Code.UNAUTHENTICATED);
      Metadata headers = new Metadata();
      headers.put(AUTHORIZATION, "Bearer " + operator);
      Channel proved =
          ClientInterceptors.intercept(
              quick.channel(), MetadataUtils.newAttachHeadersInterceptor(headers));
      assertThat(LocksGrpc.newBlockingStub(proved).list(all()).getLinesCount()).isZero();
      idle.setSoTimeout(10_000);
      int said = 0;
      while (idle.getInputStream().read() >= 0) {
        said++;
      }
      assertThat(said).as("bytes of greeting").isLessThan(1_000);
      quick.awaitConnections(1);
      assertThat(LocksGrpc.newBlockingStub(proved).list(all()).getLinesCount()).isZero();
    }
  }

  @Test
  void whatClientsChooseStaysInOneLineOfTheAuditLog() {
    RawClient client = RawClient.on(as(create("acquire:a").getToken()));
    assertThat(client.ask(open(1, random(16))).hasAlive()).isTrue();
    String forged = "x\n2026 INFO io.tyer.server.audit - operator: created token";
    assertThat(client.ask(enter(2, exclusive(forged, random(16)))).hasFailure()).isTrue();
    assertThat(log.text()).contains("x 2026 INFO").doesNotContain("x\n2026");
  }

  @Test
  void whoDoesNotLeadSendsATokenThatItDoesNotKnowToTheLeader() {
    house.replica.lead(false);
    Status unknown =
        failure(
            () -> LocksGrpc.newBlockingStub(as(BearerToken.random(RANDOM).reveal())).list(all()));
    assertThat(unknown.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(failure(() -> LocksGrpc.newBlockingStub(as("x")).list(all())).getCode())
        .isEqualTo(Status.Code.UNAUTHENTICATED);
  }

  @Test
  void badWishesAreRefusedByWhatIsRight() {
    for (String grant :
        List.of("", "write", "admin:orders/", "acquire,:a", "acquire:" + "x".repeat(600))) {
      assertThat(failure(() -> create(grant)).getCode())
          .as(grant)
          .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
    assertThat(failure(() -> create()).getDescription()).contains("1 to 64 grants");
    String[] many = Collections.nCopies(65, "acquire").toArray(String[]::new);
    assertThat(failure(() -> create(many)).getDescription()).contains("1 to 64 grants");
    assertThat(
            failure(
                    () ->
                        create(CreateTokenRequest.newBuilder().addGrants("read").setLabel("a\nb")))
                .getDescription())
        .contains("control character");
  }

  @Test
  void theOperatorsTokenIsReadAgainWhenItChanges() throws IOException {
    String next = BearerToken.randomOfOperator(RANDOM).reveal();
    assertThat(LocksGrpc.newBlockingStub(as(operator)).list(all()).getLinesCount()).isZero();
    Files.writeString(operatorFile, "half");
    assertThat(operatorToken.reload()).isFalse();
    assertThat(LocksGrpc.newBlockingStub(as(operator)).list(all()).getLinesCount()).isZero();
    Files.writeString(operatorFile, next);
    RawClient stream = RawClient.on(as(operator));
    assertThat(stream.ask(open(1, random(16))).hasAlive()).isTrue();
    assertThat(operatorToken.reload()).isTrue();
    house.sendOperatorsAway();
    assertThat(stream.end().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(LocksGrpc.newBlockingStub(as(next)).list(all()).getLinesCount()).isZero();
    assertThat(failure(() -> LocksGrpc.newBlockingStub(as(operator)).list(all())).getCode())
        .isEqualTo(Status.Code.UNAUTHENTICATED);
  }
}
