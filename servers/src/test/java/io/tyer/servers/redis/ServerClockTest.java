package io.tyer.servers.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether the server's idea of time is that of libfaketime, as the torture's clock fault needs. */
final class ServerClockTest {

  @TempDir private Path directory;

  @Requires(Needs.FAKETIME)
  @Test
  void theServersTimeIsTheOneThatItIsTold() throws IOException {
    assumeTrue(
        System.getProperty(RedisBinary.PROPERTY, "").isEmpty(),
        "-Dtyer.redis: not every build of Redis runs under libfaketime");
    Path clock = directory.resolve("clock");
    Files.writeString(clock, "+0\n");
    Map<String, String> environment =
        Map.of(
            "LD_PRELOAD", Needs.faketimeLibrary().orElseThrow().toString(),
            "FAKETIME_TIMESTAMP_FILE", clock.toString(),
            "FAKETIME_NO_CACHE", "1",
            "FAKETIME_DONT_FAKE_MONOTONIC", "1",
            "DONT_FAKE_MONOTONIC", "1");
    try (RedisServer server =
        (RedisServer) Kinds.kind("redis").start(directory.resolve("server"), environment)) {
      long before = seconds(server);
      Files.writeString(clock, "+3600\n");
      assertThat(seconds(server) - before).isBetween(3_600L, 3_660L);
      assertThat(secondsInScript(server) - before).isBetween(3_600L, 3_660L);
      server.kill();
      server.start();
      assertThat(seconds(server) - before).isBetween(3_600L, 3_720L);
      Files.writeString(clock, "-3600\n");
      assertThat(seconds(server) - before).isBetween(-3_600L, -3_480L);
    }
  }

  private static long seconds(RedisServer server) throws IOException {
    return Long.parseLong((String) ((List<?>) server.node().ask("TIME")).get(0));
  }

  private static long secondsInScript(RedisServer server) throws IOException {
    Object said = server.node().ask("EVAL", "return redis.call('TIME')[1]", "0");
    return Long.parseLong((String) said);
  }
}
