package io.tyer.server.http;

import static io.tyer.server.http.HttpHouse.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.server.access.AccessToken;
import io.tyer.server.access.BearerToken;
import io.tyer.server.access.Grant;
import io.tyer.server.access.Quotas;
import io.tyer.server.access.TokenId;
import io.tyer.server.guard.Guard;
import io.tyer.server.guard.OperatorToken;
import io.tyer.server.http.HttpHouse.Reply;
import io.tyer.server.replica.Answer;
import io.tyer.server.replica.Replica;
import io.tyer.server.state.Command;
import io.tyer.server.state.Outcome;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who shows no token that counts gets nothing; others get what their token allows. */
@Timeout(180)
class HttpAccessTest {

  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir private Path directory;
  private final AtomicLong wall = new AtomicLong(1_000_000);
  private String operator;
  private Path operatorFile;
  private OperatorToken operatorToken;
  private HttpHouse house;

  @BeforeEach
  void start() throws Exception {
    operator = BearerToken.randomOfOperator(RANDOM).reveal();
    operatorFile = Files.writeString(directory.resolve("operator"), operator + "\n");
    operatorToken = OperatorToken.in(operatorFile);
    Guard guard = Guard.demanding(operatorToken, wall::get);
    house = new HttpHouse(HttpLimits.DEFAULT, guard, Optional.of(() -> "tyer_up 1\n"));
  }

  @AfterEach
  void stop() {
    house.close();
  }

  private Outcome apply(Command command) throws Exception {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    house.replica.submit(
        command,
        new Answer() {
          @Override
          public void done(Outcome came) {
            outcome.complete(came);
          }

          @Override
          public void failed(Replica.Failure failure, String message) {
            outcome.completeExceptionally(new AssertionError(message));
          }
        });
    return outcome.get(60, TimeUnit.SECONDS);
  }

  private BearerToken create(Quotas quotas, long expires, String... grants) throws Exception {
    BearerToken token = BearerToken.random(RANDOM);
    List<Grant> parsed = Arrays.stream(grants).map(Grant::parse).toList();
    AccessToken kept =
        new AccessToken(token.id(), token.hash(), "test", parsed, quotas, 1, expires);
    assertThat(apply(new Command.CreateToken(kept, TokenId.NONE))).isEqualTo(new Outcome.Nothing());
    return token;
  }

  private BearerToken create(String... grants) throws Exception {
    return create(Quotas.NONE, 0, grants);
  }

  private HttpRequest.Builder as(String token, String path) {
    return house.to(path).header("Authorization", "Bearer " + token);
  }

  private Reply post(BearerToken token, String path, JsonObject body) throws Exception {
    return house.send(json(as(token.reveal(), path), body));
  }

  private Reply acquire(BearerToken token, String name) throws Exception {
    return post(token, "/v1/locks/" + name + "/acquire", new JsonObject());
  }

  private void getsNothing(String header) throws Exception {
    JsonObject lease = new JsonObject().put("lease", HttpHouse.lease());
    for (HttpRequest.Builder request :
        List.of(
            json(house.to("/v1/locks/a/acquire"), new JsonObject()),
            json(house.to("/v1/leases/renew"), lease),
            json(house.to("/v1/leases/release"), lease),
            json(house.to("/v1/leases/check"), lease),
            house.to("/v1/locks").GET(),
            house.to("/v1/locks/a").GET(),
            house.to("/v1/locks/a").DELETE(),
            house.to("/nothing").GET(),
            house.to("/v1/locks").POST(BodyPublishers.noBody()))) {
      Reply reply =
          house.send(header.isEmpty() ? request : request.header("Authorization", header));
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.problem()).isEqualTo("unauthenticated");
      assertThat(reply.http().headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }
  }

  @Test
  void withoutATokenThatCountsThereIsNothingButHealth() throws Exception {
    BearerToken revoked = create("acquire");
    apply(new Command.RevokeToken(revoked.id(), TokenId.NONE));
    BearerToken real = create("acquire,read,force");
    String other = real.reveal().substring(0, 22) + "A".repeat(43);
    for (String header :
        List.of(
            "",
            "Basic dXNlcjpwYXNz",
            "Bearer",
            "Bearer nonsense",
            "Bearer " + revoked.reveal(),
            "Bearer " + BearerToken.random(RANDOM).reveal(),
            "Bearer " + BearerToken.randomOfOperator(RANDOM).reveal(),
            "Bearer " + other)) {
      getsNothing(header);
    }
    assertThat(house.replica.status().sessions()).isZero();
    for (String path : List.of("/healthz", "/readyz", "/metrics")) {
      assertThat(house.get(path).status()).isEqualTo(200);
    }
  }

  @Test
  void metricsAreForThoseWhoHaveTheRight() throws Exception {
    apply(new Command.Adopt(3));
    // As if it came by a proxy: on this machine metrics are for everybody.
    String far = "X-Forwarded-For";
    BearerToken other = create("acquire,read,force,admin");
    Reply refused = house.send(as(other.reveal(), "/metrics").header(far, "192.0.2.7").GET());
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().getString("detail")).contains("'metrics'").doesNotContain("tyer_up");
    for (String token : List.of(create("metrics").reveal(), operator)) {
      Reply told = house.send(as(token, "/metrics").header(far, "192.0.2.7").GET());
      assertThat(told.http().body()).isEqualTo("tyer_up 1\n");
    }
    for (String path : List.of("/healthz", "/readyz")) {
      assertThat(house.send(as(other.reveal(), path).header(far, "192.0.2.7").GET()).status())
          .isEqualTo(200);
    }
    BearerToken metrics = create("metrics");
    assertThat(house.send(as(metrics.reveal(), "/v1/locks/a").GET()).status()).isEqualTo(403);
  }

  @Test
  void aTokenThatHasExpiredCountsNoMore() throws Exception {
    BearerToken token = create(Quotas.NONE, 1_000_001, "acquire");
    assertThat(acquire(token, "a").status()).isEqualTo(200);
    wall.set(1_000_001);
    assertThat(acquire(token, "b").status()).isEqualTo(401);
  }

  @Test
  void whoHasNotTheRightIsRefusedWhetherThereIsSomethingOrNot() throws Exception {
    BearerToken holder = create("acquire");
    assertThat(acquire(holder, "there").status()).isEqualTo(200);
    BearerToken none = create("acquire,read,force:mine/");
    String detail = "";
    for (String name : List.of("there", "other")) {
      Reply acquire = acquire(none, name);
      Reply line = house.send(as(none.reveal(), "/v1/locks/" + name).GET());
      Reply force = house.send(as(none.reveal(), "/v1/locks/" + name + "?now=true").DELETE());
      String told = "";
      for (Reply reply : List.of(acquire, line, force)) {
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.problem()).isEqualTo("forbidden");
        told += reply.json().getString("detail").replace(name, "NAME");
      }
      assertThat(detail.isEmpty() || detail.equals(told)).as(told).isTrue();
      detail = told;
    }
    // The sessions of what was refused are ended.
    assertThat(house.replica.status().sessions()).isEqualTo(1);
    assertThat(acquire(none, "mine%2Fa").status()).isEqualTo(200);
    Reply listed = house.send(as(none.reveal(), "/v1/locks").GET());
    assertThat(listed.json().getJsonArray("locks")).hasSize(1);
    assertThat(house.send(as(operator, "/v1/locks").GET()).json().getJsonArray("locks")).hasSize(2);
  }

  @Test
  void quotasAreTold() throws Exception {
    BearerToken one = create(new Quotas(1, 0, 0, 0), 0, "acquire");
    assertThat(acquire(one, "a").status()).isEqualTo(200);
    Reply full = acquire(one, "b");
    assertThat(full.status()).isEqualTo(429);
    assertThat(full.json().getString("detail")).contains("1 sessions");
    BearerToken slow = create(new Quotas(0, 0, 0, 1), 0, "acquire");
    assertThat(acquire(slow, "c").status()).isEqualTo(200);
    Reply often = acquire(slow, "d");
    assertThat(often.status()).isEqualTo(429);
    assertThat(often.http().headers().firstValue("Retry-After")).contains("1");
  }

  @Test
  void aLeaseGoesOverToAnotherToken() throws Exception {
    BearerToken before = create("acquire");
    BearerToken after = create("acquire");
    JsonObject lease = acquire(before, "a").json();
    assertThat(post(after, "/v1/leases/renew", lease).status()).isEqualTo(200);
    apply(new Command.RevokeToken(before.id(), TokenId.NONE));
    assertThat(post(before, "/v1/leases/renew", lease).status()).isEqualTo(401);
    assertThat(post(after, "/v1/leases/renew", lease).status()).isEqualTo(200);
    apply(new Command.RevokeToken(after.id(), TokenId.NONE));
    assertThat(post(after, "/v1/leases/renew", lease).status()).isEqualTo(401);
  }

  @Test
  void whoWaitsIsSentAwayWhenItsTokenIsRevoked() throws Exception {
    BearerToken token = create("acquire,read");
    acquire(create("acquire"), "a");
    CompletableFuture<Reply> waits =
        house.later(
            json(
                as(token.reveal(), "/v1/locks/a/acquire"),
                new JsonObject().put("waitMillis", 60_000).put("lease", "1".repeat(32))));
    house.awaitWaits(1);
    // Its first sign of life is due once it stands in line.
    house.awaitTasks(3);
    apply(new Command.RevokeToken(token.id(), TokenId.NONE));
    house.time.pass(5_000);
    assertThat(waits.get(60, TimeUnit.SECONDS).status()).isEqualTo(401);
  }

  /** Who waits under another token is not concerned. */
  @Test
  void whoWaitsUnderAnOperatorsTokenThatWasChangedIsSentAwayAtOnce() throws Exception {
    assertThat(acquire(create("acquire"), "a").status()).isEqualTo(200);
    CompletableFuture<Reply> operators = waits(operator);
    CompletableFuture<Reply> others = waits(create("acquire").reveal());
    awaitWaiting(2);
    String next = BearerToken.randomOfOperator(RANDOM).reveal();
    Files.writeString(operatorFile, next);
    assertThat(operatorToken.reload()).isTrue();
    house.sendOperatorsAway();
    Reply sentAway = operators.get(60, TimeUnit.SECONDS);
    assertThat(sentAway.status()).isEqualTo(401);
    assertThat(sentAway.json().getString("detail")).contains("counts no more");
    awaitWaiting(1);
    assertThat(others).isNotDone();
    assertThat(house.waits()).isEqualTo(1);
  }

  private CompletableFuture<Reply> waits(String token) {
    JsonObject body = new JsonObject().put("waitMillis", 60_000).put("lease", HttpHouse.lease());
    return house.later(json(as(token, "/v1/locks/a/acquire"), body));
  }

  private int inLine() throws Exception {
    Outcome.Listed lines = (Outcome.Listed) apply(new Command.List("a", "", 1, TokenId.NONE));
    return lines.lines().get(0).tickets().size();
  }

  /** Waits until so many stand in line. */
  private void awaitWaiting(int count) throws Exception {
    long until = System.nanoTime() + 20_000_000_000L;
    // One holds it.
    while (inLine() != 1 + count) {
      assertThat(System.nanoTime())
          .as("%d in line, never %d", inLine(), 1 + count)
          .isLessThan(until);
    }
  }

  @Test
  void aTokenThatAFollowerDoesNotKnowIsShownToTheLeader() throws Exception {
    house.replica.lead(false);
    assertThat(acquire(BearerToken.random(RANDOM), "a").status()).isEqualTo(307);
  }
}
