package io.tyer.store.redis;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tyer.servers.redis.RedisKind;
import io.tyer.servers.redis.RedisServer;
import io.tyer.servers.redis.RedisVolatileKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Real servers; tests are skipped, with the reason, where none can be had. */
final class Started {

  private Started() {}

  /** One that keeps nothing. */
  static RedisServer server(Path directory) throws IOException {
    requireBinary();
    return new RedisVolatileKind().start(directory);
  }

  /** One that keeps what it has acknowledged. */
  static RedisServer durable(Path directory, Map<String, String> environment) throws IOException {
    requireBinary();
    return new RedisKind().start(directory, environment);
  }

  /** One that keeps nothing unless these lines of redis.conf say so. */
  static RedisServer configured(Path directory, Map<String, String> environment, String... lines)
      throws IOException {
    requireBinary();
    return RedisServer.start(
        directory,
        Stream.concat(Stream.of("save \"\"", "appendonly no"), Arrays.stream(lines)).toList(),
        environment);
  }

  private static void requireBinary() throws IOException {
    Optional<String> missing = new RedisKind().unavailable();
    assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
    if (!WarmUp.isDone()) {
      try (RedisServer first =
          new RedisVolatileKind().start(Files.createTempDirectory("tyer-warm-up"))) {
        WarmUp.at(first.address());
      }
    }
  }

  /** All keys of ours. */
  static List<?> keys(RedisServer server) throws IOException {
    return (List<?>) server.node().ask("KEYS", "tyer:*");
  }

  /** Removes keys past all clients. */
  static void remove(RedisServer server, List<?> keys) throws IOException {
    for (Object key : keys) {
      Object unused = server.node().ask("DEL", (String) key);
    }
  }
}
