package io.tyer.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plain HTTP on three members: whoever is asked, the leader answers, also the next one. */
@Timeout(120)
class HttpTrioTest {

  @TempDir private Path directory;
  private LocalTrio trio;

  /** As programs do that follow a 307 with what they had sent. */
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.ALWAYS)
          .build();

  @BeforeEach
  void start() throws IOException {
    trio = LocalTrio.start(directory);
  }

  @AfterEach
  void stop() {
    trio.close();
  }

  private CompletableFuture<HttpResponse<String>> send(
      TyerServer to, String path, JsonObject body) {
    return client.sendAsync(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + to.httpPort().orElseThrow() + path))
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(60))
            .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Asks members in turn, as docs/http.md says, until one has an outcome. */
  private JsonObject insist(String path, JsonObject body) throws Exception {
    String last = "nothing";
    for (int i = 0; i < 600; i++) {
      try {
        HttpResponse<String> response =
            send(trio.servers().get(i % trio.servers().size()), path, body)
                .get(60, TimeUnit.SECONDS);
        if (response.statusCode() == 200) {
          return new JsonObject(response.body());
        }
        last = response.statusCode() + " " + response.body();
        assertThat(response.statusCode()).as(last).isIn(503, 504);
      } catch (ExecutionException e) {
        last = String.valueOf(e.getCause());
        assertThat(e.getCause()).isInstanceOf(IOException.class);
      }
      LockSupport.parkNanos(50_000_000);
    }
    throw new AssertionError(last);
  }

  private static JsonObject with(char digit) {
    return new JsonObject().put("lease", String.valueOf(digit).repeat(32));
  }

  @Test
  void everyMemberLeadsToTheLeader() throws Exception {
    TyerServer unused = trio.leader();
    for (int i = 0; i < 3; i++) {
      HttpResponse<String> response =
          send(trio.servers().get(i), "/v1/locks/l" + i + "/acquire", new JsonObject())
              .get(60, TimeUnit.SECONDS);
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }
  }

  @Test
  void aLeaseAndAPlaceInLineSurviveTheLeader() throws Exception {
    TyerServer first = trio.leader();
    String path = "/v1/locks/a/acquire";
    JsonObject held = with('1').put("ttlMillis", 30_000);
    JsonObject waiting = with('2').put("ttlMillis", 30_000).put("waitMillis", 30_000);
    String token = insist(path, held).getString("token");
    CompletableFuture<HttpResponse<String>> cut = send(first, path, waiting);
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (first.status().tickets() < 2) {
      assertThat(System.nanoTime()).isLessThan(until);
      LockSupport.parkNanos(1_000_000);
    }
    trio.stop(first);
    assertThat(insist(path, held).getString("token")).isEqualTo(token);
    CompletableFuture<JsonObject> next =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return insist(path, waiting);
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    // Whatever has become of the request that was cut off, the newer one goes on in its place.
    assertThat(cut.handle((answered, failed) -> failed != null || answered.statusCode() != 200))
        .succeedsWithin(Duration.ofSeconds(60))
        .isEqualTo(true);
    JsonObject released = insist("/v1/leases/release", with('1'));
    assertThat(released.getBoolean("released")).isTrue();
    JsonObject granted = next.get(60, TimeUnit.SECONDS);
    assertThat(Long.parseLong(granted.getString("token"))).isGreaterThan(Long.parseLong(token));
    assertThat(granted.getLong("validMillis")).isPositive();
  }
}
