package io.tyer.server.http;

import static io.tyer.server.http.HttpHouse.json;
import static io.tyer.server.http.HttpHouse.lease;
import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.server.http.HttpHouse.Reply;
import io.tyer.server.replica.MemoryReplica;
import io.tyer.server.replica.Replica;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Leases from their beginning to their end, each call in each outcome. */
@Timeout(180)
class LeasesTest {

  private static final JsonObject EMPTY = new JsonObject();

  private HttpHouse house;

  @BeforeEach
  void start() throws IOException {
    house = new HttpHouse();
  }

  @AfterEach
  void stop() {
    house.close();
  }

  private static JsonObject of(String lease) {
    return new JsonObject().put("lease", lease);
  }

  private static JsonObject waiting(String lease, long millis) {
    return of(lease).put("waitMillis", millis);
  }

  private Reply renew(String lease) throws Exception {
    return house.post("/v1/leases/renew", of(lease));
  }

  private Reply release(String lease) throws Exception {
    return house.post("/v1/leases/release", of(lease));
  }

  private Reply check(String lease, String name) throws Exception {
    return house.post("/v1/leases/check", of(lease).put("name", name));
  }

  private static Reply now(CompletableFuture<Reply> reply) throws Exception {
    return reply.get(60, TimeUnit.SECONDS);
  }

  private void beat(long millis) {
    int before = house.replica.submitted();
    house.time.pass(millis);
    assertThat(house.replica.awaitSubmitted(before + 2)).isGreaterThanOrEqualTo(before + 2);
  }

  @Test
  void aLeaseIsAcquiredRenewedCheckedAndReleased() throws Exception {
    Reply acquired = house.acquire("a", EMPTY);
    assertThat(acquired.status()).as("%s", acquired.json()).isEqualTo(200);
    assertThat(acquired.json().getLong("validMillis")).isEqualTo(13_500);
    assertThat(acquired.json().getString("name")).isEqualTo("a");
    String token = acquired.json().getString("token");
    assertThat(Long.parseLong(token) & 0xfff).isZero();
    String lease = acquired.json().getString("lease");
    assertThat(lease).matches("[0-9a-f]{32}");
    assertThat(acquired.http().headers().firstValue("Cache-Control")).contains("no-store");

    Reply renewed = house.post("/v1/leases/renew", acquired.json());
    assertThat(renewed.status()).isEqualTo(200);
    assertThat(renewed.json().getString("token")).isEqualTo(token);
    assertThat(renewed.json().getLong("validMillis")).isEqualTo(13_500);
    assertThat(renewed.json().getBoolean("revoked")).isFalse();

    Reply checked = check(lease, "a");
    assertThat(checked.json().getBoolean("granted")).isTrue();
    assertThat(checked.json().getString("token")).isEqualTo(token);

    assertThat(release(lease).json().getBoolean("released")).isTrue();
    Reply again = release(lease);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.problem()).isEqualTo("not-held");
    assertThat(release(lease()).problem()).isEqualTo("not-held");
    assertThat(renew(lease).status()).isEqualTo(410);
    assertThat(check(lease, "a").problem()).isEqualTo("ended");
    assertThat(house.acquire("a", of(lease)).problem()).isEqualTo("ended");

    long next = Long.parseLong(house.acquire("a", EMPTY).json().getString("token"));
    assertThat(next).isGreaterThan(Long.parseLong(token));
  }

  @Test
  void aTryThatFindsTheLockHeldLeavesNothingBehind() throws Exception {
    assertThat(house.acquire("a", EMPTY).status()).isEqualTo(200);
    Reply busy = house.acquire("a", EMPTY);
    assertThat(busy.status()).isEqualTo(423);
    assertThat(busy.problem()).isEqualTo("busy");
    assertThat(busy.http().headers().firstValue("Content-Type"))
        .contains("application/problem+json");
    assertThat(house.get("/v1/locks/a").json().getJsonArray("tickets")).hasSize(1);
    assertThat(house.replica.status().sessions()).isEqualTo(1);
  }

  @Test
  void readersStandTogetherAndPermitsAreCounted() throws Exception {
    JsonObject reader = new JsonObject().put("mode", "shared");
    assertThat(house.acquire("a", reader).status()).isEqualTo(200);
    assertThat(house.acquire("a", reader).status()).isEqualTo(200);
    assertThat(house.acquire("a", EMPTY).status()).isEqualTo(423);
    JsonObject permits = new JsonObject().put("mode", "shared").put("capacity", 3).put("weight", 2);
    assertThat(house.acquire("b", permits).status()).isEqualTo(200);
    assertThat(house.acquire("b", permits).status()).isEqualTo(423);
    assertThat(house.acquire("b", permits.copy().put("weight", 1)).status()).isEqualTo(200);
  }

  @Test
  void whoWaitsIsGrantedWhenTheHolderLeavesAndKnowsForHowLong() throws Exception {
    String holder = house.acquire("a", EMPTY).json().getString("lease");
    CompletableFuture<Reply> waits =
        house.acquireLater("a", waiting(lease(), 60_000).put("ttlMillis", 9_000));
    house.awaitTickets("a", 2);
    assertThat(waits).isNotDone();
    // One beat is acknowledged at 3 s, and then 1.5 s pass.
    beat(3_000);
    house.time.pass(1_500);
    assertThat(release(holder).json().getBoolean("released")).isTrue();
    Reply granted = now(waits);
    assertThat(granted.status()).as("%s", granted.json()).isEqualTo(200);
    assertThat(granted.json().getLong("validMillis")).isEqualTo(3_000 - 60 + 9_000 - 900);
    assertThat(granted.json().getLong("ttlMillis")).isEqualTo(9_000);
  }

  @Test
  void aGrantOfWhichTooLittleIsLeftIsTakenUpByOneMoreSignOfLife() throws Exception {
    String holder = house.acquire("a", EMPTY).json().getString("lease");
    CompletableFuture<Reply> waits =
        house.acquireLater("a", waiting(lease(), 60_000).put("ttlMillis", 9_000));
    house.awaitTickets("a", 2);
    house.replica.fail(Replica.Failure.UNKNOWN);
    beat(3_000);
    beat(3_000);
    house.replica.fail(null);
    assertThat(release(holder).json().getBoolean("released")).isTrue();
    Reply granted = now(waits);
    // By what was proved when it came in, 8.1 s, of which 6 have passed.
    assertThat(granted.json().getLong("validMillis")).isEqualTo(6_000 - 120 + 9_000 - 900);
  }

  @Test
  void whoWaitsBringsALeaseAndNotForTooManyTtls() throws Exception {
    Reply none = house.acquire("a", new JsonObject().put("waitMillis", 1_000));
    assertThat(none.status()).isEqualTo(400);
    assertThat(none.json().getString("detail")).contains("brings a lease of its own");
    Reply long1 = house.acquire("a", waiting(lease(), 20_001).put("ttlMillis", 1_000));
    assertThat(long1.json().getString("detail")).contains("waitMillis is a whole number");
    assertThat(house.acquire("a", waiting(lease(), 20_000).put("ttlMillis", 1_000)).status())
        .isEqualTo(200);
  }

  @Test
  void aLeaseOfAnotherModeIsAnotherRequest() throws Exception {
    String lease = lease();
    JsonObject shared = of(lease).put("mode", "shared").put("weight", 2).put("capacity", 5);
    assertThat(house.acquire("a", shared).status()).isEqualTo(200);
    assertThat(house.acquire("a", shared).status()).isEqualTo(200);
    assertThat(house.acquire("a", of(lease)).status()).isEqualTo(409);
    assertThat(house.acquire("a", shared.copy().put("weight", 3)).status()).isEqualTo(409);
    assertThat(house.acquire("a", shared.copy().put("capacity", 6)).status()).isEqualTo(409);
    assertThat(house.acquire("a", shared).status()).isEqualTo(200);
  }

  @Test
  void aWaitThatIsOverLeavesTheLine() throws Exception {
    house.acquire("a", EMPTY);
    CompletableFuture<Reply> waits = house.acquireLater("a", waiting(lease(), 4_000));
    house.awaitTickets("a", 2);
    house.time.pass(4_000);
    Reply over = now(waits);
    assertThat(over.status()).isEqualTo(423);
    assertThat(house.get("/v1/locks/a").json().getJsonArray("tickets")).hasSize(1);
  }

  @Test
  void theSameRequestAgainHasTheSameTicket() throws Exception {
    String lease = lease();
    Reply first = house.acquire("a", of(lease).put("ttlMillis", 5_000));
    house.time.pass(1_000);
    Reply second = house.acquire("a", of(lease).put("ttlMillis", 7_000));
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.json().getString("token")).isEqualTo(first.json().getString("token"));
    // By the TTL that the session has, whatever is asked for now.
    assertThat(second.json().getLong("validMillis")).isEqualTo(4_500);
    assertThat(house.acquire("b", of(lease)).problem()).isEqualTo("other-request");
    assertThat(renew(lease).status()).isEqualTo(200);
  }

  @Test
  void theSameRequestWhileTheFirstOneWaitsTakesItsPlace() throws Exception {
    String holder = house.acquire("a", EMPTY).json().getString("lease");
    String lease = lease();
    CompletableFuture<Reply> first = house.acquireLater("a", waiting(lease, 30_000));
    house.awaitTickets("a", 2);
    CompletableFuture<Reply> second = house.acquireLater("a", waiting(lease, 30_000));
    assertThat(now(first).problem()).isEqualTo("superseded");
    assertThat(house.get("/v1/locks/a").json().getJsonArray("tickets")).hasSize(2);
    release(holder);
    assertThat(now(second).status()).isEqualTo(200);
    // Its reply may be lost, too.
    assertThat(house.acquire("a", waiting(lease, 30_000)).json().getString("token"))
        .isEqualTo(now(second).json().getString("token"));
  }

  @Test
  void whoLosesItsConnectionWhileItWaitsKeepsItsPlaceForTheTtlAndNoLonger() throws Exception {
    house.acquire("a", new JsonObject().put("ttlMillis", 600_000));
    String lease = lease();
    leaveWhileWaiting(lease);
    // Its place is before who comes later.
    CompletableFuture<Reply> later =
        house.acquireLater("a", waiting(lease(), 60_000).put("ttlMillis", 600_000));
    house.awaitTickets("a", 3);
    CompletableFuture<Reply> again = house.acquireLater("a", waiting(lease, 60_000));
    Reply line = house.get("/v1/locks/a");
    assertThat(line.json().getJsonArray("tickets")).hasSize(3);
    assertThat(check(lease, "a").json().getInteger("ahead")).isEqualTo(1);
    assertThat(again).isNotDone();
    assertThat(later).isNotDone();
  }

  @Test
  void aPlaceThatNobodyAsksForAgainIsGoneAfterTheTtl() throws Exception {
    String holder =
        house.acquire("a", new JsonObject().put("ttlMillis", 600_000)).json().getString("lease");
    String lease = lease();
    leaveWhileWaiting(lease);
    int before = house.replica.submitted();
    house.time.pass(60_000);
    house.replica.elapse(15_000);
    house.awaitTickets("a", 1);
    // Nobody gave a sign of life for it; what was submitted is the question for the line.
    assertThat(check(lease, "a").status()).isEqualTo(410);
    assertThat(house.replica.submitted()).isLessThan(before + 200);
    release(holder);
    assertThat(house.acquire("a", EMPTY).status()).isEqualTo(200);
  }

  /** Waits in line by a connection of its own, which is cut, and noticed to be. */
  private void leaveWhileWaiting(String lease) throws Exception {
    int before = house.waits();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), house.port())) {
      String body = waiting(lease, 60_000).encode();
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /v1/locks/a/acquire HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                  + "Content-Length: "
                  + body.length()
                  + "\r\n\r\n"
                  + body)
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      house.awaitTickets("a", 2);
      house.awaitWaits(before + 1);
    }
    house.awaitWaits(before);
  }

  @Test
  void aTtlThatPassesEndsTheLease() throws Exception {
    String lease =
        house.acquire("a", new JsonObject().put("ttlMillis", 2_000)).json().getString("lease");
    house.replica.elapse(1_900);
    assertThat(renew(lease).json().getLong("validMillis")).isEqualTo(1_800);
    house.replica.elapse(1_900);
    assertThat(check(lease, "a").status()).isEqualTo(200);
    house.replica.elapse(200);
    assertThat(renew(lease).problem()).isEqualTo("ended");
    assertThat(house.acquire("a", EMPTY).status()).isEqualTo(200);
  }

  @Test
  void aLockThatIsTakenByForceIsToldAndGone() throws Exception {
    String lease = house.acquire("a", EMPTY).json().getString("lease");
    Reply asked = house.delete("/v1/locks/a");
    assertThat(asked.json().getInteger("revoked")).isEqualTo(1);
    assertThat(renew(lease).json().getBoolean("revoked")).isTrue();
    assertThat(check(lease, "a").json().getBoolean("revoked")).isTrue();
    long number =
        house.get("/v1/locks/a").json().getJsonArray("tickets").getJsonObject(0).getLong("number");
    Reply taken = house.delete("/v1/locks/a?now=true&number=" + number);
    assertThat(taken.json().getInteger("revoked")).isEqualTo(1);
    assertThat(renew(lease).status()).isEqualTo(410);
    assertThat(house.acquire("a", of(lease)).status()).isEqualTo(410);
    assertThat(house.delete("/v1/locks/a?now=true").json().getInteger("revoked")).isZero();
  }

  @Test
  void whatWasTakenByForceIsNotReleased() throws Exception {
    String lease = house.acquire("a", EMPTY).json().getString("lease");
    house.delete("/v1/locks/a?now=true");
    assertThat(house.acquire("a", EMPTY).status()).as("another holder").isEqualTo(200);
    Reply released = release(lease);
    assertThat(released.status()).isEqualTo(409);
    assertThat(released.problem()).isEqualTo("not-held");
    assertThat(release(lease).problem()).isEqualTo("not-held");
    house.awaitTickets("a", 1);
  }

  @Test
  void whoWaitsIsToldThatItsTicketWasTaken() throws Exception {
    house.acquire("a", EMPTY);
    CompletableFuture<Reply> waits = house.acquireLater("a", waiting(lease(), 60_000));
    house.awaitTickets("a", 2);
    long number =
        house.get("/v1/locks/a").json().getJsonArray("tickets").getJsonObject(1).getLong("number");
    house.delete("/v1/locks/a?now=true&number=" + number);
    assertThat(now(waits).problem()).isEqualTo("ended");
  }

  @Test
  void aLeaseThatWaitsIsNotRenewedAsIfItWereGranted() throws Exception {
    house.acquire("a", EMPTY);
    String lease = lease();
    CompletableFuture<Reply> waits = house.acquireLater("a", waiting(lease, 60_000));
    house.awaitTickets("a", 2);
    assertThat(renew(lease).problem()).isEqualTo("still-waiting");
    assertThat(release(lease).json().getBoolean("released")).isTrue();
    assertThat(now(waits).problem()).isEqualTo("ended");
    house.awaitTickets("a", 1);
  }

  @Test
  void aMemberThatDoesNotLeadSendsToTheLeader() throws Exception {
    house.acquire("a", EMPTY);
    CompletableFuture<Reply> waits = house.acquireLater("a", waiting(lease(), 60_000));
    house.awaitTickets("a", 2);
    house.replica.lead(false);
    Reply elsewhere = now(waits);
    assertThat(elsewhere.status()).isEqualTo(307);
    assertThat(elsewhere.http().headers().firstValue("Location"))
        .contains("http://" + MemoryReplica.OTHER.httpAddress() + "/v1/locks/a/acquire");
    for (Reply reply :
        List.of(
            house.acquire("b%20c", EMPTY),
            renew(lease()),
            release(lease()),
            check(lease(), "a"),
            house.get("/v1/locks?prefix=x%20y"),
            house.delete("/v1/locks/a?now=true"))) {
      assertThat(reply.status()).isEqualTo(307);
      String path = reply.http().request().uri().toString().replaceFirst("http://[^/]*", "");
      assertThat(reply.http().headers().firstValue("Location"))
          .contains("http://" + MemoryReplica.OTHER.httpAddress() + path);
    }
  }

  @Test
  void whatMayHaveBeenDoneIsUnknownAndWhatWasNotIsUnavailable() throws Exception {
    house.replica.fail(Replica.Failure.UNKNOWN);
    Reply unknown = house.acquire("a", EMPTY);
    assertThat(unknown.status()).isEqualTo(504);
    assertThat(unknown.json().getString("detail"))
        .contains("repeat the request with the same lease");
    assertThat(release(lease()).status()).isEqualTo(504);
    house.replica.fail(Replica.Failure.BUSY);
    Reply busy = house.acquire("a", EMPTY);
    assertThat(busy.status()).isEqualTo(503);
    assertThat(busy.http().headers().firstValue("Retry-After")).contains("1");
  }

  @Test
  void whatTheServerGetsWrongIsItsSecret() throws Exception {
    house.replica.breakDown();
    Reply broken = house.acquire("a", EMPTY);
    assertThat(broken.status()).isEqualTo(500);
    assertThat(broken.json().encode()).doesNotContain("a detail of the server's");
  }

  @Test
  void whatIsToldAfterItsEndIsNobodysMatter() throws Exception {
    house.acquire("a", EMPTY);
    CompletableFuture<Reply> waits = house.acquireLater("a", waiting(lease(), 60_000));
    house.awaitTickets("a", 2);
    house.closeFront();
    // It may be told so, or that its connection has ended.
    assertThat(waits.handle((reply, broken) -> broken != null || reply.status() == 503))
        .succeedsWithin(Duration.ofSeconds(20))
        .isEqualTo(true);
    // The member goes on for a moment: what it tells must not break it.
    house.replica.lead(false);
    house.time.pass(60_000);
  }

  @Test
  void aLeaseMayStandInAHeader() throws Exception {
    String lease = lease();
    var request = house.to("/v1/locks/a/acquire").header("Tyer-Lease", lease);
    assertThat(house.send(json(request, EMPTY)).json().getString("lease")).isEqualTo(lease);
    var release = house.to("/v1/leases/release").header("Tyer-Lease", lease);
    Reply released = house.send(release.POST(HttpRequest.BodyPublishers.noBody()));
    assertThat(released.json().getBoolean("released")).isTrue();
  }
}
