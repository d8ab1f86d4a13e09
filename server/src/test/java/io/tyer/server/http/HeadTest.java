package io.tyer.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.server.guard.Guard;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who is asked, and by what: the heads of requests as a web page, a proxy or an attacker may send
 * them, byte by byte.
 */
@Timeout(180)
@SuppressWarnings("StringConcatToTextBlock") // the ends of lines are what is tested
class HeadTest {

  private static final String LIST = "GET /v1/locks HTTP/1.1\r\n";
  private static final String END = "Connection: close\r\n\r\n";

  private HttpHouse house;

  @BeforeEach
  void start() throws Exception {
    house =
        new HttpHouse(
            Set.of("Lock.Example", "*.wild.example"),
            HttpLimits.DEFAULT,
            Guard.none(),
            Optional.of(() -> "tyer_up 1\n"));
    assertThat(house.acquire("secret-name", new JsonObject()).status()).isEqualTo(200);
  }

  @AfterEach
  void stop() {
    house.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:7880",
        "localhost.",
        "127.0.0.1",
        "127.0.0.1:7880",
        "[::1]",
        "[::1]:7880",
        "192.0.2.7:80",
        "[2001:db8::1]:80",
        "lock.example",
        "LOCK.example:443",
        "lock.example.:443",
        "a.wild.example",
        // Of another member of the group, where the leader's name leads clients.
        "other.example:7880"
      })
  void itIsCalledByItsNames(String host) throws Exception {
    assertThat(raw(LIST + "Host: " + host + "\r\n" + END))
        .startsWith("HTTP/1.1 200")
        .contains("secret-name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:7880",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evil-localhost",
        "127.1",
        "2130706433",
        "0x7f.0.0.1",
        "127.0.0.256",
        "wild.example",
        "a.b.wild.example",
        "xlock.example"
      })
  void aPageThatWasLedHereByItsOwnNameReadsNothing(String host) throws Exception {
    for (String path :
        new String[] {"/v1/locks", "/v1/locks/secret-name", "/metrics", "/healthz"}) {
      assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + END))
          .startsWith("HTTP/1.1 421")
          .contains("application/problem+json", "urn:tyer:problem:misdirected", "--http-host")
          .doesNotContain("secret-name");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Host: localhost\r\nHost: localhost\r\n",
        "Host: localhost\r\nhost: evil.example\r\n",
        "Host: \r\n",
        "Host: localhost, evil.example\r\n",
        "Host: user@localhost\r\n",
        "Host: localhost:x\r\n",
        "Host: localhost:123456\r\n",
        "Host: localhost/\r\n",
        "Host: [::1\r\n",
        "Host: [localhost]\r\n",
        "Host: ::1\r\n",
        "Host: .\r\n"
      })
  void oneHostIsNamedAsItShouldBe(String headers) throws Exception {
    assertThat(raw(LIST + headers + END))
        .startsWith("HTTP/1.1 400")
        .contains("urn:tyer:problem:bad-request", "'Host'")
        .doesNotContain("secret-name");
  }

  @Test
  void aTargetThatNamesAnotherHostIsRefused() throws Exception {
    assertThat(raw("GET http://evil.example/v1/locks HTTP/1.1\r\nHost: localhost\r\n" + END))
        .startsWith("HTTP/1.1 400")
        .contains("urn:tyer:problem:bad-request")
        .doesNotContain("secret-name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization: Bearer a", "Content-Type: text/plain", "Tyer-Lease: 1"})
  void whatIsSaidOnceIsNotSaidTwice(String header) throws Exception {
    assertThat(raw(LIST + "Host: localhost\r\n" + header + "\r\n" + header + "\r\n" + END))
        .startsWith("HTTP/1.1 400")
        .contains("twice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: localhost\r\nX: a\r\n b\r\n",
        "Host: localhost\r\nX: a\r\n\tb\r\n",
        "Host: localhost\r\nX: a\r\n \r\n",
        "Host: evil.example\r\n localhost\r\n",
        "Host:\r\n localhost\r\n",
        "X: a\r\n Host: localhost\r\nHost: localhost\r\n",
        " Host: localhost\r\nHost: localhost\r\n"
      })
  void aHeaderStandsOnOneLine(String headers) throws Exception {
    assertThat(raw(LIST + headers + END))
        .startsWith("HTTP/1.1 400")
        .contains("urn:tyer:problem:bad-request", "one line")
        .doesNotContain("secret-name");
  }

  @Test
  void aFoldedHeaderIsSeenBehindABodyAndWhereverBytesAreCut() throws Exception {
    String folded = LIST + "Host: localhost\r\nX: a\r\n b\r\n" + END;
    String length =
        "POST /v1/leases/renew HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: 9\r\n\r\n{\r\n \r\n }\n";
    String chunked =
        "POST /v1/leases/renew HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n3\r\n{\n \r\n4\r\n \n }\r\n0\r\n\r\n";
    String all = length + chunked + length + folded;
    for (int part : new int[] {1, 2, 7, all.length()}) {
      try (Socket socket = connect()) {
        socket.setTcpNoDelay(true);
        for (int at = 0; at < all.length(); at += part) {
          write(socket, all.substring(at, Math.min(all.length(), at + part)));
        }
        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        // Bodies have blanks where they like: what is wrong with them is the lease, which is
        // missing.
        assertThat(answer.split("give the lease, as", -1)).as("parts of %s", part).hasSize(4);
        assertThat(answer).contains("one line").doesNotContain("secret-name");
      }
    }
  }

  @Test
  void aBodyIsCountedInOneWay() throws Exception {
    String answer =
        raw(
            "POST /v1/leases/renew HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                + LIST
                + "Host: localhost\r\n"
                + END);
    assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("secret-name");
    assertThat(
            raw(
                "POST /v1/leases/renew HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"
                    + "Content-Length: 3\r\n\r\n"))
        .startsWith("HTTP/1.1 400");
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

  private String raw(String request) throws IOException {
    try (Socket socket = connect()) {
      write(socket, request);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
