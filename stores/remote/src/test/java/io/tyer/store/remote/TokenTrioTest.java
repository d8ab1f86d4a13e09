package io.tyer.store.remote;

import static io.tyer.testkit.contract.Asked.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.tyer.line.LockName;
import io.tyer.protocol.Headers;
import io.tyer.protocol.v1.CreateTokenReply;
import io.tyer.protocol.v1.CreateTokenRequest;
import io.tyer.protocol.v1.RevokeTokenRequest;
import io.tyer.protocol.v1.TokensGrpc;
import io.tyer.server.access.BearerToken;
import io.tyer.spi.LineView;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.testkit.contract.Asked;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three members: what the leader says of a token counts, whatever the others know of it. */
@Timeout(180)
class TokenTrioTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path directory;
  private LocalTrio trio;
  private String operator;
  private Path file;

  @BeforeEach
  void start() throws Exception {
    operator = BearerToken.randomOfOperator(new SecureRandom()).reveal();
    Path ofOperator = Files.writeString(directory.resolve("operator"), operator);
    file = directory.resolve("token");
    trio = LocalTrio.start(directory, config -> config.withOperatorToken(ofOperator));
  }

  @AfterEach
  void stop() {
    trio.close();
  }

  private <T> T asOperator(Function<TokensGrpc.TokensBlockingStub, T> question) throws Exception {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", trio.leader().port())
            .usePlaintext()
            .intercept(MetadataUtils.newAttachHeadersInterceptor(Headers.showing(operator)))
            .build();
    try {
      return question.apply(TokensGrpc.newBlockingStub(channel));
    } finally {
      channel.shutdownNow();
    }
  }

  private BareStore store() throws Exception {
    return new BareStore(trio.address() + "&token-file=" + file, LONG);
  }

  private static void refusedSoon(Supplier<CompletableFuture<?>> request) {
    long began = System.nanoTime();
    CompletableFuture<?> asked = request.get();
    StoreException failure = catchThrowableOfType(StoreException.class, () -> get(asked));
    assertThat(failure.kind()).as(failure.toString()).isEqualTo(Kind.REFUSED);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LONG.dividedBy(2));
  }

  @Test
  void aNewTokenCountsAtOnceAndARevokedOneIsRefusedAtOnce() throws Exception {
    CreateTokenReply token =
        asOperator(
            tokens ->
                tokens.create(CreateTokenRequest.newBuilder().addGrants("acquire,read").build()));
    Files.writeString(file, token.getToken());
    for (int i = 0; i < 3; i++) {
      try (BareStore store = store()) {
        assertThat(get(store.open().enter("a" + i))).isNotNull();
        // The right to force is not there, and no other member is asked about it.
        refusedSoon(
            () ->
                Asked.<Integer>begin(
                    reply ->
                        store.store().revoke(LockName.of("a"), OptionalLong.empty(), true, reply)));
      }
    }
    assertThat(
            asOperator(
                    tokens ->
                        tokens.revoke(RevokeTokenRequest.newBuilder().setId(token.getId()).build()))
                .getFound())
        .isTrue();
    for (int i = 0; i < 3; i++) {
      try (BareStore store = store()) {
        refusedSoon(store::opening);
        refusedSoon(() -> Asked.<List<LineView>>begin(reply -> store.store().list("", reply)));
      }
    }
  }
}
