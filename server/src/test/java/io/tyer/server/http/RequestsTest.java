package io.tyer.server.http;

import static io.tyer.server.http.HttpHouse.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.server.guard.Guard;
import io.tyer.server.http.HttpHouse.Reply;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is asked for in a wrong way is refused, says what is right, and leaves the server serving.
 */
@Timeout(180)
class RequestsTest {

  private static final HttpLimits SMALL =
      new HttpLimits(
          5,
          4,
          16 * 1024,
          2,
          1,
          2,
          1,
          1 << 20,
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30));

  private HttpHouse house;

  @BeforeEach
  void start() throws IOException {
    house = new HttpHouse();
  }

  @AfterEach
  void stop() {
    house.close();
  }

  private void serves() throws Exception {
    assertThat(house.get("/healthz").status()).isEqualTo(200);
    Reply acquired = house.acquire("serves", new JsonObject());
    assertThat(acquired.status()).isEqualTo(200);
    assertThat(house.post("/v1/leases/release", acquired.json()).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"nonsense\": 1} | known are: ttlMillis, waitMillis",
        "{\"ttlMillis\": 999} | ttlMillis is a whole number from 1000",
        "{\"ttlMillis\": \"15000\"} | ttlMillis is a whole number",
        "{\"ttlMillis\": 15000.5} | ttlMillis is a whole number",
        "{\"ttlMillis\": 1e400} | ttlMillis is a whole number",
        "{\"ttlMillis\": 99999999999999999999} | ttlMillis is a whole number",
        "{\"waitMillis\": -1} | waitMillis is a whole number from 0 to 60000",
        "{\"waitMillis\": 60001} | waitMillis is a whole number from 0 to 60000",
        "{\"mode\": \"both\"} | mode is \"exclusive\" or \"shared\"",
        "{\"mode\": true} | mode is a text",
        "{\"weight\": 2} | weight is a whole number from 1 to 1",
        "{\"mode\": \"shared\", \"capacity\": 2, \"weight\": 3} | weight is a whole number from 1 to 2",
        "{\"mode\": \"shared\", \"capacity\": 1000001} | from 1 to 1000000",
        "{\"lease\": \"0123\"} | 32 hex digits",
        "{\"owner\": \"a\\u0000b\"} | none of them a control character",
        "[] | one JSON object",
        "null | one JSON object",
        "true | one JSON object",
        "7 | one JSON object",
        "\"text\" | one JSON object",
        "{} {} | one JSON object",
        "{\"ttlMillis\": 15000, \"ttlMillis\": 60000} | each field once",
        "{\"owner\": \"a\", \"\\u006fwner\": \"a\"} | each field once",
        "{\"owner\": {\"a\": 1, \"a\": 2}} | each field once",
        "{\"owner\": {\"a\": 1}} | owner is a text",
        "{\"ttlMillis\": | one JSON object",
        "nonsense | one JSON object"
      })
  void aWrongBodyIsRefusedAndSaysWhatIsRight(String body, String message) throws Exception {
    Reply reply =
        house.send(
            house
                .to("/v1/locks/a/acquire")
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofString(body)));
    assertThat(reply.status()).as("%s", reply.json()).isEqualTo(400);
    assertThat(reply.json().getString("detail")).contains(message);
    assertThat(reply.problem()).isEqualTo("bad-request");
    assertThat(house.replica.submitted()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/locks/%zz | two hex digits",
        "/v1/locks/%c3 | not UTF-8",
        "/v1/locks/%ed%a0%80 | not UTF-8",
        "/v1/locks/ | must not be empty",
        "/v1/locks?nonsense=1 | known are: after, limit, prefix",
        "/v1/locks?limit=0 | limit is a number from 1 to 1000",
        "/v1/locks?limit=x | limit is a number",
        "/v1/locks?prefix=a&prefix=b | twice"
      })
  void aWrongPathIsRefusedAndSaysWhatIsRight(String path, String message) throws Exception {
    String answer =
        raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400").contains(message);
  }

  @Test
  void aNameThatIsTooLongIsRefusedAndOneOfTheMostBytesIsNot() throws Exception {
    assertThat(house.acquire("%C3%A4".repeat(256), new JsonObject()).status()).isEqualTo(200);
    Reply reply = house.acquire("%C3%A4".repeat(257), new JsonObject());
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().getString("detail")).contains("512 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/b",
        "..",
        "%",
        "a b+c",
        "?",
        "#",
        "\u00e4\u20ac\ud83d\ude00",
        "\u0000\n\u007f",
        "\"'<>\\",
        "acquire",
        "+"
      })
  void anyNameIsTakenAndToldAsItIs(String name) throws Exception {
    StringBuilder encoded = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      encoded.append(String.format("%%%02X", b));
    }
    Reply acquired = house.acquire(encoded.toString(), new JsonObject());
    assertThat(acquired.json().getString("name")).isEqualTo(name);
    assertThat(house.get("/v1/locks/" + encoded).json().getString("name")).isEqualTo(name);
    Reply listed = house.get("/v1/locks?prefix=" + encoded);
    assertThat(listed.json().getJsonArray("locks").getJsonObject(0).getString("name"))
        .isEqualTo(name);
    JsonObject check =
        new JsonObject().put("lease", acquired.json().getString("lease")).put("name", name);
    assertThat(house.post("/v1/leases/check", check).json().getBoolean("granted")).isTrue();
  }

  @Test
  void pathsMethodsAndTypesThatAreNotThereAreTold() throws Exception {
    assertThat(house.get("/").problem()).isEqualTo("not-found");
    assertThat(house.get("/v1/locks/a/b/c").problem()).isEqualTo("not-found");
    assertThat(house.get("/metrics").status()).isEqualTo(404);
    Reply method = house.delete("/v1/leases/renew");
    assertThat(method.status()).isEqualTo(405);
    assertThat(method.http().headers().firstValue("Allow")).contains("POST");
    assertThat(
            house
                .send(house.to("/v1/locks/a").PUT(BodyPublishers.noBody()))
                .http()
                .headers()
                .firstValue("Allow"))
        .contains("DELETE, GET");
    Reply form =
        house.send(
            house
                .to("/v1/locks/a/acquire")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("{}")));
    assertThat(form.status()).isEqualTo(415);
    Reply page =
        house.send(
            json(
                house.to("/v1/locks/a/acquire").header("Origin", "https://a.example"),
                new JsonObject()));
    assertThat(page.status()).isEqualTo(403);
    assertThat(house.replica.submitted()).isZero();
  }

  @Test
  void whatIsTooLongIsTold() throws Exception {
    JsonObject large = new JsonObject().put("owner", "x".repeat(16 * 1024));
    assertThat(house.acquire("a", large).status()).isEqualTo(413);
    assertThat(raw("GET /" + "x".repeat(5_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .contains(" 414 ")
        .contains("urn:tyer:problem:path-too-long");
    assertThat(raw("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(9_000) + "\r\n\r\n"))
        .contains(" 431 ")
        .contains("urn:tyer:problem:headers-too-long");
    assertThat(raw("nonsense\r\n\r\n")).contains(" 400 ", "urn:tyer:problem:bad-request");
    serves();
  }

  @Test
  void listsComeInParts() throws Exception {
    for (String name : List.of("a1", "a2", "a3", "b1")) {
      house.acquire(name, new JsonObject());
    }
    Reply first = house.get("/v1/locks?prefix=a&limit=2");
    assertThat(first.json().getBoolean("more")).isTrue();
    assertThat(first.json().getJsonArray("locks")).hasSize(2);
    Reply rest = house.get("/v1/locks?prefix=a&limit=2&after=a2");
    assertThat(rest.json().getBoolean("more")).isFalse();
    assertThat(rest.json().getJsonArray("locks").getJsonObject(0).getString("name"))
        .isEqualTo("a3");
    assertThat(house.get("/v1/locks/nobody").json().getJsonArray("tickets")).isEmpty();
  }

  @Test
  void aRequestThatDoesNotComeToItsEndIsSentAway() throws Exception {
    try (Socket socket = connect()) {
      write(
          socket,
          "POST /v1/locks/a/acquire HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{");
      // Its head must be there before time passes.
      house.awaitTasks(2);
      house.time.pass(10_000);
      assertThat(all(socket)).startsWith("HTTP/1.1 408");
    }
    serves();
  }

  @Test
  void aConnectionOnWhichNothingComesIsClosed() throws Exception {
    try (Socket socket = connect()) {
      write(socket, "GET /healthz HT");
      house.awaitConnections(1);
      house.time.pass(30_000);
      house.time.pass(5_000);
      assertThat(all(socket)).isEmpty();
    }
    serves();
  }

  @Test
  void tooManyConnectionsAndWaitsAreTold() throws Exception {
    house.close();
    house = new HttpHouse(SMALL, Guard.none(), Optional.empty());
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        sockets.add(connect());
      }
      house.awaitConnections(4);
      assertThat(raw("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"))
          .startsWith("HTTP/1.1 503");
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    house.awaitConnections(0);
    house.acquire("a", new JsonObject());
    JsonObject wait = new JsonObject().put("waitMillis", 60_000).put("lease", "1".repeat(32));
    JsonObject other = wait.copy().put("lease", "2".repeat(32));
    var waits = house.acquireLater("a", wait);
    house.awaitTickets("a", 2);
    assertThat(house.acquire("a", other).status()).isEqualTo(429);
    house.time.pass(60_000);
    assertThat(waits.get().status()).isEqualTo(423);
    var next = house.acquireLater("a", other);
    house.awaitTickets("a", 2);
    assertThat(next).isNotDone();
  }

  @Test
  void randomBytesLeaveItServing() throws Exception {
    Random random = new Random(42);
    for (int i = 0; i < 300; i++) {
      byte[] bytes = new byte[1 + random.nextInt(2_000)];
      random.nextBytes(bytes);
      byte[] head =
          (random.nextBoolean()
                  ? "POST /v1/locks/a/acquire HTTP/1.1\r\nContent-Type: application/json\r\n"
                  : "")
              .getBytes(StandardCharsets.US_ASCII);
      try (Socket socket = connect()) {
        OutputStream out = socket.getOutputStream();
        out.write(head);
        if (head.length > 0 && random.nextBoolean()) {
          out.write(
              ("Content-Length: " + bytes.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        out.write(bytes);
        out.flush();
        if (random.nextBoolean()) {
          socket.shutdownOutput();
          String unused = all(socket);
        }
      } catch (SocketException closedMeanwhile) {
        // That is its right.
      }
    }
    serves();
    house.awaitConnections(1);
    assertThat(house.waits()).isZero();
  }

  @Test
  void healthIsToldAndMetricsWhereThereAreSome() throws Exception {
    house.close();
    house = new HttpHouse(HttpLimits.DEFAULT, Guard.none(), Optional.of(() -> "tyer_up 1\n"));
    assertThat(house.get("/healthz").status()).isEqualTo(200);
    assertThat(house.get("/readyz").json().getBoolean("leading")).isTrue();
    Reply metrics = house.get("/metrics");
    assertThat(metrics.http().body()).isEqualTo("tyer_up 1\n");
    assertThat(metrics.http().headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain; version=0.0.4");
    house.replica.lead(false);
    assertThat(house.get("/readyz").json().getBoolean("leading")).isFalse();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), house.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private static String all(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  private String raw(String request) throws IOException {
    try (Socket socket = connect()) {
      write(socket, request);
      return all(socket);
    }
  }
}
