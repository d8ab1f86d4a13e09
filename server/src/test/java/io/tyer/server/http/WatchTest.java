package io.tyer.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.server.access.AccessToken;
import io.tyer.server.access.BearerToken;
import io.tyer.server.access.Grant;
import io.tyer.server.access.Quotas;
import io.tyer.server.access.TokenId;
import io.tyer.server.guard.Guard;
import io.tyer.server.guard.OperatorToken;
import io.tyer.server.replica.Answer;
import io.tyer.server.replica.Replica;
import io.tyer.server.state.Command;
import io.tyer.server.state.Outcome;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines as they change. */
@Timeout(180)
class WatchTest {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String OWNER = "x".repeat(256);

  @TempDir private Path directory;
  private String operator = "";
  private HttpHouse house;

  @BeforeEach
  void start() throws IOException {
    house = new HttpHouse();
  }

  @AfterEach
  void stop() {
    house.close();
  }

  private static final Answer NOBODY =
      new Answer() {
        @Override
        public void done(Outcome outcome) {}

        @Override
        public void failed(Replica.Failure failure, String message) {}
      };

  /** A stream of events, read line by line. */
  private static final class Events implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader in;

    Events(HttpHouse house, String path, String header) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), house.port());
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The next line that begins so; null if the stream ends before. */
    @Nullable String next(String... beginnings) throws IOException {
      String line = in.readLine();
      while (line != null) {
        for (String beginning : beginnings) {
          if (line.startsWith(beginning)) {
            return line;
          }
        }
        line = in.readLine();
      }
      return null;
    }

    /** The lines' names up to the end of what there is at first. */
    List<String> present() throws IOException {
      List<String> names = new ArrayList<>();
      String line = next("data: ");
      while (line != null && !line.equals("data: {}")) {
        names.add(json(line).getString("name"));
        line = next("data: ");
      }
      assertThat(line).isNotNull();
      return names;
    }

    JsonObject change() throws IOException {
      String line = next("data: ");
      assertThat(line).isNotNull();
      return json(String.valueOf(line));
    }

    private static JsonObject json(String line) {
      return new JsonObject(line.substring("data: ".length()));
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private String acquire(String name) throws Exception {
    return house.acquire(name, new JsonObject()).json().getString("lease");
  }

  private void release(String lease) throws Exception {
    assertThat(house.post("/v1/leases/release", new JsonObject().put("lease", lease)).status())
        .isEqualTo(200);
  }

  @Test
  void whatThereIsIsToldAtFirstThenWhatChanges() throws Exception {
    acquire("a1");
    String second = acquire("a2");
    acquire("b1");
    assertThat(house.replica.isWatched()).isFalse();
    try (Events events = new Events(house, "/v1/watch?prefix=a", "")) {
      assertThat(events.next("HTTP/1.1")).startsWith("HTTP/1.1 200");
      assertThat(events.present()).containsExactly("a1", "a2");
      assertThat(house.replica.isWatched()).isTrue();
      acquire("b2");
      release(second);
      JsonObject gone = events.change();
      assertThat(gone.getString("name")).isEqualTo("a2");
      assertThat(gone.getJsonArray("tickets")).isEmpty();
      acquire("a3");
      JsonObject come = events.change();
      assertThat(come.getString("name")).isEqualTo("a3");
      assertThat(come.getJsonArray("tickets").getJsonObject(0).getBoolean("granted")).isTrue();
      house.awaitTasks(2);
      house.time.pass(15_000);
      assertThat(events.next(": ")).isEqualTo(": heartbeat");
    }
    house.awaitWatches(0);
    assertThat(house.replica.isWatched()).isFalse();
  }

  @Test
  void afterAllChangesTheLastThingToldOfEachLineIsHowItStands() throws Exception {
    Random random = new Random(7);
    Map<String, String> leases = new HashMap<>();
    try (Events events = new Events(house, "/v1/watch", "")) {
      assertThat(events.present()).isEmpty();
      for (int i = 0; i < 500; i++) {
        String name = "n" + random.nextInt(10);
        String lease = leases.remove(name);
        if (lease == null) {
          leases.put(name, acquire(name));
        } else {
          release(lease);
        }
      }
      acquire("the-last");
      Map<String, Boolean> held = new HashMap<>();
      JsonObject line = events.change();
      while (!line.getString("name").equals("the-last")) {
        held.put(line.getString("name"), !line.getJsonArray("tickets").isEmpty());
        line = events.change();
      }
      for (int i = 0; i < 10; i++) {
        String name = "n" + i;
        assertThat(held.getOrDefault(name, false)).as(name).isEqualTo(leases.containsKey(name));
      }
    }
  }

  @Test
  void itEndsWithTheLeadAndBeginsAtTheLeader() throws Exception {
    try (Events events = new Events(house, "/v1/watch", "")) {
      assertThat(events.present()).isEmpty();
      house.replica.lead(false);
      assertThat(events.next("data: ")).isNull();
    }
    assertThat(house.get("/v1/watch?prefix=a").status()).isEqualTo(307);
  }

  /** More than fits on the way to a client. */
  private void fill() throws Exception {
    for (int session = 1; session <= 4; session++) {
      SessionId id = new SessionId(1, session);
      apply(new Command.Open(id, 600_000, OWNER));
      for (int i = 1; i <= 8_000; i++) {
        enter(id, i, "big" + session);
      }
    }
    apply(new Command.Tick());
  }

  private void enter(SessionId session, int number, String name) {
    Ask ask = Ask.exclusive(session, new RequestId(session.low(), number), OWNER, false);
    house.replica.submit(
        new Command.Enter(new Command.Place(number, number), LockName.of(name), ask, false),
        NOBODY);
  }

  /** A client that asks for all lines, and never reads. */
  private Socket deaf() throws IOException {
    Socket socket = deafConnection();
    ask(socket, "/v1/watch", 1);
    return socket;
  }

  private Socket deafConnection() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), house.port()));
    return socket;
  }

  private static void ask(Socket socket, String path, int times) throws IOException {
    String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    socket.getOutputStream().write(request.repeat(times).getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void whoIsTooFarBehindIsDroppedAndOthersAreToldAllTheSame() throws Exception {
    fill();
    try (Socket deaf = deaf();
        Events events = new Events(house, "/v1/watch?prefix=z", "")) {
      assertThat(deaf.isConnected()).isTrue();
      assertThat(events.present()).isEmpty();
      house.awaitWatches(2);
      SessionId one = new SessionId(1, 5);
      SessionId other = new SessionId(1, 6);
      apply(new Command.Open(one, 600_000, OWNER));
      apply(new Command.Open(other, 600_000, OWNER));
      // Some are told before the way is full.
      for (int i = 1; i <= 12_000; i++) {
        enter(i % 2 == 0 ? one : other, i, "line" + i);
      }
      house.awaitWatches(1);
      house.awaitConnections(1);
      enter(one, 12_002, "z");
      assertThat(events.change().getString("name")).isEqualTo("z");
    }
  }

  @Test
  void whoDoesNotReadIsDropped() throws Exception {
    fill();
    try (Socket deaf = deaf()) {
      assertThat(deaf.isConnected()).isTrue();
      house.awaitWatches(1);
      // Two heartbeats after more was sent than fits on the way.
      long until = System.nanoTime() + 20_000_000_000L;
      while (house.watches() > 0 && System.nanoTime() < until) {
        house.time.pass(15_000);
      }
      house.awaitWatches(0);
      house.awaitConnections(0);
    }
  }

  /** However many they are: of those that leave the most, all but the last are sent away. */
  @ParameterizedTest
  @CsvSource({"/v1/watch, 1", "/v1/locks, 10"})
  void whatAllLeaveUnreadIsBounded(String path, int times) throws Exception {
    HttpLimits usual = HttpLimits.DEFAULT;
    house.close();
    house =
        new HttpHouse(
            new HttpLimits(
                usual.connections(),
                usual.connectionsPerPeer(),
                usual.bodyBytes(),
                usual.waits(),
                usual.waitsPerToken(),
                usual.watches(),
                usual.watchesPerToken(),
                1 << 20,
                usual.longestWait(),
                usual.requestIn(),
                usual.idle()),
            Guard.none(),
            Optional.empty());
    fill();
    List<Socket> deaf = new ArrayList<>();
    try {
      for (int i = 0; i < 5; i++) {
        deaf.add(deafConnection());
      }
      house.awaitConnections(5);
      for (Socket socket : deaf) {
        ask(socket, path, times);
      }
      house.awaitConnections(1);
      JsonObject line = house.get("/v1/locks/big1").json();
      assertThat(line.getJsonArray("tickets")).as("for who reads").hasSizeGreaterThan(1_000);
    } finally {
      for (Socket socket : deaf) {
        socket.close();
      }
    }
    house.awaitUnreadBytes(0);
  }

  @Test
  void noMoreMayWatchThanTheBounds() throws Exception {
    HttpLimits usual = HttpLimits.DEFAULT;
    house.close();
    house =
        new HttpHouse(
            new HttpLimits(
                usual.connections(),
                usual.connectionsPerPeer(),
                usual.bodyBytes(),
                usual.waits(),
                usual.waitsPerToken(),
                2,
                1,
                usual.unreadBytes(),
                usual.longestWait(),
                usual.requestIn(),
                usual.idle()),
            Guard.none(),
            Optional.empty());
    try (Events events = new Events(house, "/v1/watch", "")) {
      assertThat(events.present()).isEmpty();
      assertThat(house.get("/v1/watch").status()).isEqualTo(429);
    }
  }

  @Test
  void whatMayNotBeReadIsNotToldAndATokenThatCountsNoMoreEndsIt() throws Exception {
    house.close();
    operator = BearerToken.randomOfOperator(RANDOM).reveal();
    Path file = Files.writeString(directory.resolve("operator"), operator);
    Guard guard = Guard.demanding(OperatorToken.in(file), () -> 1_000_000);
    house = new HttpHouse(HttpLimits.DEFAULT, guard, Optional.empty());
    BearerToken token = BearerToken.random(RANDOM);
    apply(
        new Command.CreateToken(
            new AccessToken(
                token.id(), token.hash(), "", List.of(Grant.parse("read:a")), Quotas.NONE, 1, 0),
            TokenId.NONE));
    acquireAsOperator("a1");
    acquireAsOperator("b1");
    String header = "Authorization: Bearer " + token.reveal() + "\r\n";
    try (Events events = new Events(house, "/v1/watch", header)) {
      assertThat(events.present()).containsExactly("a1");
      acquireAsOperator("b2");
      acquireAsOperator("a2");
      assertThat(events.change().getString("name")).isEqualTo("a2");
      apply(new Command.RevokeToken(token.id(), TokenId.NONE));
      house.awaitTasks(2);
      house.time.pass(15_000);
      assertThat(events.next("data: ", ": ")).isNull();
    }
    assertThat(house.get("/v1/watch").status()).isEqualTo(401);
  }

  private void acquireAsOperator(String name) throws Exception {
    var request =
        house.to("/v1/locks/" + name + "/acquire").header("Authorization", "Bearer " + operator);
    assertThat(house.send(HttpHouse.json(request, new JsonObject())).status()).isEqualTo(200);
  }

  private void apply(Command command) throws Exception {
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
    assertThat(outcome.get(60, TimeUnit.SECONDS)).isNotInstanceOf(Outcome.Failed.class);
  }
}
