package io.tyer.store.remote;

import static io.tyer.testkit.contract.Asked.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.tyer.Lease;
import io.tyer.Tyer;
import io.tyer.protocol.Headers;
import io.tyer.protocol.v1.CreateTokenReply;
import io.tyer.protocol.v1.CreateTokenRequest;
import io.tyer.protocol.v1.RevokeTokenRequest;
import io.tyer.protocol.v1.TokensGrpc;
import io.tyer.server.ClientSecurity;
import io.tyer.server.ServerConfig;
import io.tyer.server.TyerServer;
import io.tyer.server.access.BearerToken;
import io.tyer.spi.LineView;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.spi.TicketState;
import io.tyer.testkit.contract.Asked;
import io.tyer.testkit.host.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client and a real server that wants access tokens. */
@Timeout(180)
class TokenTest {

  private static final Duration LONG = Duration.ofSeconds(40);

  @TempDir Path directory;
  private TyerServer server;
  private ManagedChannel channel;
  private TokensGrpc.TokensBlockingStub tokens;
  private Path file;

  @BeforeEach
  void start() throws Exception {
    String operator = BearerToken.randomOfOperator(new SecureRandom()).reveal();
    file = directory.resolve("token");
    server =
        TyerServer.start(
            ServerConfig.local(directory.resolve("data"), 0)
                .withSecurity(new ClientSecurity.Plaintext())
                .withOperatorToken(Files.writeString(directory.resolve("operator"), operator)));
    Await.until("it leads", () -> server.status().leading());
    channel =
        NettyChannelBuilder.forAddress("localhost", server.port())
            .usePlaintext()
            .intercept(MetadataUtils.newAttachHeadersInterceptor(Headers.showing(operator)))
            .build();
    tokens = TokensGrpc.newBlockingStub(channel);
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.close();
  }

  private CreateTokenReply create(String... grants) throws Exception {
    CreateTokenReply token =
        tokens.create(CreateTokenRequest.newBuilder().addAllGrants(List.of(grants)).build());
    Files.writeString(file, token.getToken() + "\n");
    return token;
  }

  private void revoke(CreateTokenReply token) {
    assertThat(
            tokens.revoke(RevokeTokenRequest.newBuilder().setId(token.getId()).build()).getFound())
        .isTrue();
  }

  private String address() {
    return "tyer://localhost:" + server.port() + "?plaintext=true&token-file=";
  }

  private BareStore store() throws Exception {
    return new BareStore(address() + file, LONG);
  }

  private void refused(BareStore store, String... said) {
    long began = System.nanoTime();
    StoreException failure = catchThrowableOfType(StoreException.class, () -> get(store.opening()));
    assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
    assertThat(failure).hasMessageContainingAll(said);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LONG.dividedBy(2));
  }

  @Test
  void whoShowsATokenDoesWhatItMay() throws Exception {
    create("acquire,read:orders/");
    try (BareStore store = store()) {
      BareStore.Session session = store.open();
      assertThat(get(session.enter("orders/1"))).isInstanceOf(TicketState.Granted.class);
      StoreException refused =
          catchThrowableOfType(StoreException.class, () -> get(session.enter("secret")));
      assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
      assertThat(refused).hasMessageContaining("has not the right 'acquire' for lock \"secret\"");
      CompletableFuture<List<LineView>> listed =
          Asked.begin(reply -> store.store().list("", reply));
      assertThat(get(listed)).hasSize(1);
      assertThat(get(session.beat())).isNotNull();
    }
  }

  @Test
  void whoShowsNoneOrAWrongOneIsToldSoAtOnce() throws Exception {
    try (BareStore store =
        new BareStore("tyer://localhost:" + server.port() + "?plaintext=true", LONG)) {
      refused(store, "wants an access token", "token-file", "TYER_ACCESS_TOKEN");
    }
    Files.writeString(file, BearerToken.random(new SecureRandom()).reveal());
    try (BareStore store = store()) {
      refused(store, "wants an access token");
      create("acquire");
      assertThat(store.open()).isNotNull();
      // A file that is being written.
      Files.writeString(file, "");
      assertThat(store.open()).isNotNull();
    }
    try (BareStore store = store()) {
      refused(store, "there is no access token in " + file);
      Files.delete(file);
      refused(store, "cannot be read", file.toString());
    }
  }

  @Test
  void anExchangedTokenIsTakenUpWithItsLocks() throws Exception {
    CreateTokenReply before = create("acquire");
    try (BareStore store = store()) {
      BareStore.Session session = store.open();
      assertThat(get(session.enter("a"))).isInstanceOf(TicketState.Granted.class);
      create("acquire");
      revoke(before);
      assertThat(get(session.beat())).isNotNull();
      assertThat(get(session.enter("b"))).isInstanceOf(TicketState.Granted.class);
      assertThat(server.status().tickets()).isEqualTo(2);
      assertThat(store.events()).noneMatch(event -> event.startsWith("ended"));
    }
  }

  @Test
  void underARevokedTokenWhatThereIsIsGivenBackAndNothingTaken() throws Exception {
    CreateTokenReply token = create("acquire");
    try (BareStore store = store()) {
      BareStore.Session session = store.open();
      var request = session.newRequest();
      assertThat(get(session.enter("a", request))).isInstanceOf(TicketState.Granted.class);
      revoke(token);
      StoreException refused =
          catchThrowableOfType(StoreException.class, () -> get(session.beat()));
      assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
      assertThat(refused).hasMessageContaining("has expired or was revoked");
      assertThat(catchThrowableOfType(StoreException.class, () -> get(session.enter("b"))).kind())
          .isEqualTo(Kind.REFUSED);
      assertThat(get(session.leave("a", request))).isTrue();
    }
  }

  /** S1 and S5 hold for a token that is revoked as for a client that is cut off. */
  @Test
  void whoHoldsUnderARevokedTokenIsToldOfTheLossBeforeAnotherIsGranted() throws Exception {
    Path others = directory.resolve("others");
    Files.writeString(others, create("acquire").getToken());
    CreateTokenReply token = create("acquire");
    AtomicLong lostAt = new AtomicLong();
    try (Tyer holders = Tyer.open(address() + file + "&ttl=2s");
        Tyer next = Tyer.open(address() + others + "&ttl=2s");
        Lease held = holders.lock("a").acquire().onLost(why -> lostAt.set(System.nanoTime()))) {
      long heldToken = held.token();
      revoke(token);
      try (Lease granted = next.lock("a").acquire()) {
        long grantedAt = System.nanoTime();
        assertThat(lostAt.get()).as("it was told").isNotZero();
        assertThat(grantedAt - lostAt.get()).isPositive();
        assertThat(held.isValid()).isFalse();
        assertThat(granted.token()).isGreaterThan(heldToken);
      }
    }
  }

  @Test
  void aTokenInTheAddressIsRefused() {
    assertThatThrownBy(
            () -> new BareStore("tyer://localhost?plaintext=true&token=tyer_x", LONG).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("token-file")
        .hasMessageNotContaining("tyer_x");
  }
}
