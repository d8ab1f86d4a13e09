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
import io.grpc.ClientInterceptor;
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
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
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

  private static ClientInterceptor shows(String authorization) {
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, authorization);
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  private Channel with(String authorization) {
    return ClientInterceptors.intercept(house.channel(), shows(authorization));
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
        .isEqualTo(
            Quotas.newBuilder()
                .setSessions(2)
                .setTickets(3)
                .setWaiting(1)
                // "test" of two sessions, "thread" and a letter of three tickets.
                .setBytes(2 * 4 + 3 * 7)
                .build());
    assertThat(view.getLabel()).isEqualTo("few");
    assertThat(view.getGrantsList()).containsExactly("acquire");
  }

  @Test
  void aTokenAsksNoMoreOftenThanItsQuotaOverAllStreams() {
    CreateTokenReply token =
        create(
            CreateTokenRequest.newBuilder()
                .addGrants("acquire")
                .setQuotas(Quotas.newBuilder().setRequestsPerSecond(1)));
    // Two of them come within a second sooner or later, by different streams.
    StatusRuntimeException refused = null;
    for (int i = 0; i < 1_000 && refused == null; i++) {
      Channel channel = as(token.getToken());
      refused =
          catchThrowableOfType(
              StatusRuntimeException.class, () -> LocksGrpc.newBlockingStub(channel).list(all()));
      assertThat(i > 0 || refused == null).as("the first is answered").isTrue();
    }
    assertThat(refused).isNotNull();
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
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
            d.unreadBytes(),
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

  private static DoorLimits withLittle(int connections, Duration withoutSession) {
    DoorLimits d = DoorLimits.DEFAULT;
    return new DoorLimits(
        connections,
        d.unaryCalls(),
        d.messageBytes(),
        d.streamsPerConnection(),
        d.streamsPerPeer(),
        d.unanswered(),
        d.requestsPerSecond(),
        d.unread(),
        d.unreadBytes(),
        d.unreadFor(),
        withoutSession,
        d.connectionIdle(),
        d.pingAfter(),
        d.pingTimeout());
  }

  private static Socket sending(DoorHouse to, byte[] bytes) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), to.port());
    socket.getOutputStream().write(bytes);
    return socket;
  }

  /** Whatever is sent: calls that stay open, headers that do not end, pings. */
  @Test
  void theTimeWithoutATokenCountsWhateverIsSent() throws IOException {
    DoorLimits limits = withLittle(100, Duration.ofMillis(500));
    try (DoorHouse quick = new DoorHouse(limits, Guard.demanding(operatorToken, wall::get));
        Socket session = sending(quick, HttpFrames.openCalls("/tyer.v1.Locks/Session"));
        Socket list = sending(quick, HttpFrames.openCalls("/tyer.v1.Locks/List", "/x/y"));
        Socket unfinished = sending(quick, HttpFrames.halfOpen("/x/y"))) {
      List<Socket> open = new ArrayList<>(List.of(session, list, unfinished));
      long until = System.nanoTime() + 60_000_000_000L;
      while (!open.isEmpty()) {
        assertThat(System.nanoTime()).as("%d are still open", open.size()).isLessThan(until);
        open.removeIf(TokensTest::isClosedForPings);
        LockSupport.parkNanos(10_000_000);
      }
      quick.awaitConnections(0);
    }
  }

  private static boolean isClosedForPings(Socket socket) {
    try {
      socket.getOutputStream().write(HttpFrames.ping());
      socket.setSoTimeout(1);
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException nothingToRead) {
      return false;
    } catch (IOException closed) {
      return true;
    }
  }

  @Test
  void aConnectionWhoseTokenCountsNoMoreHasTheTimeOfANewOne() throws IOException {
    CreateTokenReply revoked = create("acquire,read");
    CreateTokenReply kept = create("acquire,read");
    DoorLimits limits = withLittle(100, Duration.ofMillis(500));
    try (DoorHouse quick =
        new DoorHouse(limits, Guard.demanding(operatorToken, wall::get), house.replica)) {
      ManagedChannel first = quick.channel();
      ManagedChannel shared = quick.channel();
      LocksGrpc.LocksBlockingStub bad =
          LocksGrpc.newBlockingStub(first).withInterceptors(shows("Bearer " + revoked.getToken()));
      assertThat(bad.list(all()).getLinesCount()).isZero();
      RawClient good =
          RawClient.on(ClientInterceptors.intercept(shared, shows("Bearer " + kept.getToken())));
      assertThat(good.ask(open(1, random(16))).hasAlive()).isTrue();
      revoke(revoked);
      LocksGrpc.LocksBlockingStub badBesideGood =
          LocksGrpc.newBlockingStub(shared).withInterceptors(shows("Bearer x"));
      assertThat(failure(() -> badBesideGood.list(all())).getCode())
          .isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(failure(() -> bad.list(all())).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);

      quick.awaitConnections(1);
      assertThat(good.ask(enter(2, exclusive("a", random(16)))).getTicket().hasGranted())
          .as("who was let in is not sent away with others")
          .isTrue();
    }
  }

  @Test
  void operatorsHavePlacesOfTheirOwn() throws IOException {
    int some = 5;
    DoorLimits limits = withLittle(some, Duration.ofMinutes(5));
    CreateTokenReply token = create("acquire,read");
    List<Socket> full = new ArrayList<>();
    try (DoorHouse small =
        new DoorHouse(limits, Guard.demanding(operatorToken, wall::get), house.replica)) {
      for (int i = 0; i < some + 2 * Connections.TOLD; i++) {
        full.add(sending(small, HttpFrames.openCalls("/tyer.v1.Locks/Session")));
      }
      small.awaitConnections(some + Connections.TOLD);
      Channel client =
          ClientInterceptors.intercept(small.channel(), shows("Bearer " + token.getToken()));
      assertThat(failure(() -> LocksGrpc.newBlockingStub(client).list(all())).getCode())
          .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      List<RawClient> operators = new ArrayList<>();
      for (int i = 0; i < Connections.OPERATORS; i++) {
        RawClient one =
            RawClient.on(
                ClientInterceptors.intercept(small.channel(), shows("Bearer " + operator)));
        assertThat(one.ask(open(1, random(16))).hasAlive()).isTrue();
        operators.add(one);
      }
      Channel oneMore = ClientInterceptors.intercept(small.channel(), shows("Bearer " + operator));
      assertThat(failure(() -> LocksGrpc.newBlockingStub(oneMore).list(all())).getCode())
          .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      // All that are too many go; operators stay.
      small.awaitConnections(some + Connections.OPERATORS);
      assertThat(operators.get(0).ask(beat(2)).hasAlive()).isTrue();
    } finally {
      for (Socket socket : full) {
        socket.close();
      }
    }
  }

  @Test
  void aCreateThatIsAskedForAgainMakesNoOtherToken() {
    BearerToken made = BearerToken.random(RANDOM);
    CreateTokenRequest.Builder request =
        CreateTokenRequest.newBuilder()
            .setLabel("shop")
            .addGrants("acquire")
            .setLifetimeMillis(1_000_000)
            .setQuotas(Quotas.newBuilder().setTickets(3))
            .setId(made.id().toString())
            .setHash(ByteString.copyFrom(made.hash().bytes()));
    var tokens = TokensGrpc.newBlockingStub(as(operator));
    CreateTokenReply first = tokens.create(request.build());
    assertThat(first.getId()).isEqualTo(made.id().toString());
    assertThat(first.getToken()).as("its secret is the client's").isEmpty();
    wall.addAndGet(500);
    assertThat(tokens.create(request.build())).isEqualTo(first);
    assertThat(tokens.list(ListTokensRequest.getDefaultInstance()).getTokensList())
        .hasSize(1)
        .allMatch(token -> token.getExpires() == token.getCreated() + 1_000_000);
    assertThat(RawClient.on(as(made.reveal())).ask(open(1, random(16))).hasAlive()).isTrue();

    request.setLabel("another");
    assertThat(failure(() -> tokens.create(request.build())).getDescription())
        .contains("there is another token " + made.id());
    request.setLabel("shop").setHash(ByteString.copyFrom(new byte[32]));
    assertThat(failure(() -> tokens.create(request.build())).getCode())
        .isEqualTo(Status.Code.FAILED_PRECONDITION);
    request.setHash(ByteString.copyFromUtf8("x"));
    assertThat(failure(() -> tokens.create(request.build())).getDescription()).contains("32 bytes");
    request.setHash(ByteString.EMPTY);
    assertThat(failure(() -> tokens.create(request.build())).getDescription()).contains("32 bytes");
    request.setId("0000000000000000").setHash(ByteString.copyFrom(made.hash().bytes()));
    assertThat(failure(() -> tokens.create(request.build())).getDescription())
        .contains("a token has an id");
  }

  @Test
  void whatClientsChooseStaysInOneLineOfTheAuditLog() {
    RawClient client = RawClient.on(as(create("acquire:a").getToken()));
    assertThat(client.ask(open(1, random(16))).hasAlive()).isTrue();
    String forged = "x\n2026 INFO io.tyer.server.audit - operator: created token";
    assertThat(client.ask(enter(2, exclusive(forged, random(16)))).hasFailure()).isTrue();
    assertThat(log.text()).contains("x\\u000a2026 INFO").doesNotContain("x\n2026");
    String other = "x\\u000a2026\u001b[2J\u202e";
    assertThat(client.ask(enter(3, exclusive(other, random(16)))).hasFailure()).isTrue();
    assertThat(log.text())
        .contains("x\\\\u000a2026\\u001b[2J\\u202e")
        .doesNotContain("\u001b")
        .doesNotContain("\u202e");
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
