package io.tyer.servers.tyer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One lease by plain HTTP, by the rules of docs/http.md, from whichever member answers. Its bytes
 * are random by a seed, which is enough where nobody guesses.
 */
final class HttpLease {

  private static final Pattern TOKEN = Pattern.compile("\"token\":\"(\\d+)\"");
  private static final Pattern VALID = Pattern.compile("\"validMillis\":(\\d+)");
  private static final int OK = 200;
  private static final int ELSEWHERE = 307;
  private static final int BUSY = 423;
  private static final int ENDED = 410;
  private static final int UNAVAILABLE = 503;
  private static final int UNKNOWN = 504;
  private static final Duration ANSWER = Duration.ofSeconds(2);

  /** An outcome, and when the request was sent that it answers. */
  private record Answer(int status, String body, long sentNanos) {}

  private final HttpClient client;
  private final List<URI> members;
  private final String name;
  private final Duration ttl;
  private final Duration patience;
  private final Random random;
  private final String secret;
  private long token;
  private long validUntil;

  /**
   * One that nobody has yet.
   *
   * @param patience how long an outcome may take, whatever happens to members meanwhile
   */
  HttpLease(
      HttpClient client,
      List<URI> members,
      String name,
      Duration ttl,
      Duration patience,
      Random random) {
    this.client = client;
    this.members = members;
    this.name = name;
    this.ttl = ttl;
    this.patience = patience;
    this.random = random;
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    this.secret = HexFormat.of().formatHex(bytes);
  }

  /** Whether it was granted; if not, it is over. */
  boolean acquire(Duration wait) throws InterruptedException {
    Answer answer =
        insist(
            "/v1/locks/" + name + "/acquire",
            "{\"lease\":\"%s\",\"ttlMillis\":%d,\"waitMillis\":%d}"
                .formatted(secret, ttl.toMillis(), wait.toMillis()),
            wait,
            OptionalLong.empty());
    if (answer.status() != OK) {
      return false;
    }
    token = number(TOKEN, answer);
    prolong(answer);
    return true;
  }

  /** Whether it is valid by what this client knows. */
  boolean isValid() {
    return validUntil - System.nanoTime() > 0;
  }

  /** Until when, by {@link System#nanoTime}. */
  long validUntilNanos() {
    return validUntil;
  }

  long token() {
    return token;
  }

  /** Tries as long as it is valid. Whether it is, then. */
  boolean renew() throws InterruptedException {
    Answer answer =
        insist("/v1/leases/renew", byLease(), Duration.ZERO, OptionalLong.of(validUntil));
    if (answer.status() == OK) {
      prolong(answer);
      return isValid();
    }
    if (isValid()) {
      throw new AssertionError("it has ended while it was valid: " + answer);
    }
    return false;
  }

  private void prolong(Answer answer) {
    validUntil = answer.sentNanos() + TimeUnit.MILLISECONDS.toNanos(number(VALID, answer));
  }

  /** Gives it back, or finds it over. */
  void release() throws InterruptedException {
    Answer unused = insist("/v1/leases/release", byLease(), Duration.ZERO, OptionalLong.empty());
  }

  private String byLease() {
    return "{\"lease\":\"" + secret + "\"}";
  }

  private static long number(Pattern pattern, Answer answer) {
    Matcher matcher = pattern.matcher(answer.body());
    if (!matcher.find()) {
      throw new AssertionError("no " + pattern + " in " + answer.body());
    }
    return Long.parseLong(matcher.group(1));
  }

  /**
   * Sends it until there is an outcome, to one member after the other, or until it is too late:
   * then as if it had ended.
   */
  private Answer insist(String path, String body, Duration wait, OptionalLong untilNanos)
      throws InterruptedException {
    long until = untilNanos.orElse(System.nanoTime() + patience.toNanos());
    while (until - System.nanoTime() > 0) {
      Optional<Answer> outcome = ask(path, body, wait);
      if (outcome.isPresent()) {
        return outcome.get();
      }
      TimeUnit.MILLISECONDS.sleep(20 + random.nextInt(80));
    }
    if (untilNanos.isEmpty()) {
      throw new AssertionError("no outcome of " + path + " within " + patience);
    }
    return new Answer(ENDED, "", System.nanoTime());
  }

  private Optional<Answer> ask(String path, String body, Duration wait)
      throws InterruptedException {
    URI member = members.get(random.nextInt(members.size()));
    HttpRequest request =
        HttpRequest.newBuilder(member.resolve(path))
            .header("Content-Type", "application/json")
            .timeout(wait.plus(ANSWER))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    long sent = System.nanoTime();
    HttpResponse<String> response;
    try {
      response = client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      // Down, paused, or killed with the answer on its way.
      return Optional.empty();
    }
    return switch (response.statusCode()) {
      case OK, BUSY, ENDED -> Optional.of(new Answer(response.statusCode(), response.body(), sent));
      // Two members that each believe the other to lead send it to and fro.
      case ELSEWHERE, UNAVAILABLE, UNKNOWN -> Optional.empty();
      default -> {
        if (path.endsWith("/release") && response.body().contains("problem:not-held")) {
          // Over, or given back by an attempt whose answer was lost.
          yield Optional.of(new Answer(ENDED, response.body(), sent));
        }
        // One that a paused member kept until later may count as the newer one.
        if (response.body().contains("superseded")) {
          yield Optional.empty();
        }
        throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
      }
    };
  }
}
