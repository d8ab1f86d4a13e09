package io.tyer.server.http;

import io.tyer.server.HandTime;
import io.tyer.server.guard.Guard;
import io.tyer.server.replica.MemoryReplica;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** A door for plain HTTP, in plain text on loopback, in front of a member in memory. */
final class HttpHouse implements AutoCloseable {

  private static final SecureRandom RANDOM = new SecureRandom();

  final MemoryReplica replica = new MemoryReplica();
  final HandTime time = new HandTime();
  private final HttpFront front;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  HttpHouse() throws IOException {
    this(HttpLimits.DEFAULT, Guard.none(), Optional.empty());
  }

  HttpHouse(HttpLimits limits, Guard guard, Optional<Supplier<String>> metrics) throws IOException {
    this(Set.of(), limits, guard, metrics);
  }

  HttpHouse(Set<String> hosts, HttpLimits limits, Guard guard, Optional<Supplier<String>> metrics)
      throws IOException {
    front =
        HttpFront.open(
            new HttpPlace(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                hosts,
                Optional.empty()),
            limits,
            guard,
            time,
            metrics);
    front.serve(replica);
  }

  /** What was answered. */
  record Reply(int status, JsonObject json, HttpResponse<String> http) {

    /** The last part of the problem's type. */
    String problem() {
      return json.getString("type").replace("urn:tyer:problem:", "");
    }
  }

  int port() {
    return front.port();
  }

  static String lease() {
    byte[] secret = new byte[16];
    RANDOM.nextBytes(secret);
    return HexFormat.of().formatHex(secret);
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + front.port() + path))
        .timeout(Duration.ofSeconds(20));
  }

  Reply send(HttpRequest.Builder request) throws Exception {
    return later(request).get(60, TimeUnit.SECONDS);
  }

  CompletableFuture<Reply> later(HttpRequest.Builder request) {
    return client
        .sendAsync(request.build(), BodyHandlers.ofString())
        .thenApply(
            http ->
                new Reply(
                    http.statusCode(),
                    http.body().startsWith("{") ? new JsonObject(http.body()) : new JsonObject(),
                    http));
  }

  static HttpRequest.Builder json(HttpRequest.Builder request, JsonObject body) {
    return request
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body.encode()));
  }

  Reply post(String path, JsonObject body) throws Exception {
    return send(json(to(path), body));
  }

  CompletableFuture<Reply> postLater(String path, JsonObject body) {
    return later(json(to(path), body));
  }

  Reply acquire(String name, JsonObject body) throws Exception {
    return post("/v1/locks/" + name + "/acquire", body);
  }

  CompletableFuture<Reply> acquireLater(String name, JsonObject body) {
    return postLater("/v1/locks/" + name + "/acquire", body);
  }

  Reply get(String path) throws Exception {
    return send(to(path).GET());
  }

  Reply delete(String path) throws Exception {
    return send(to(path).DELETE());
  }

  /** Waits until a line has so many tickets. */
  void awaitTickets(String name, int count) throws Exception {
    long until = System.nanoTime() + 60_000_000_000L;
    while (get("/v1/locks/" + name).json().getJsonArray("tickets").size() != count) {
      if (System.nanoTime() > until) {
        throw new AssertionError("never " + count + " tickets of " + name);
      }
    }
  }

  /** How many requests wait in line, or are about to. */
  int waits() {
    return front.waits();
  }

  void awaitWaits(int count) {
    await("requests that wait", this::waits, count);
  }

  void awaitConnections(int count) {
    await("connections", front::connections, count);
  }

  int watches() {
    return front.watches();
  }

  void awaitWatches(int count) {
    await("that watch", this::watches, count);
  }

  void awaitUnreadBytes(int count) {
    await("unread bytes", () -> Math.toIntExact(front.unreadBytes()), count);
  }

  /** Waits until so many tasks are scheduled. */
  void awaitTasks(int count) {
    await("tasks", time::tasks, count);
  }

  private static void await(String what, IntSupplier counted, int count) {
    long until = System.nanoTime() + 60_000_000_000L;
    while (counted.getAsInt() != count) {
      if (System.nanoTime() > until) {
        throw new AssertionError("never " + count + " " + what + ", but " + counted.getAsInt());
      }
      Thread.onSpinWait();
    }
  }

  void sendOperatorsAway() {
    front.sendOperatorsAway();
  }

  void closeFront() {
    front.close();
  }

  @Override
  public void close() {
    front.close();
    replica.close();
  }
}
