package io.tyer.servers.redis;

import io.tyer.testkit.server.ServerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** One server that keeps what it acknowledged, also when it is killed. */
public final class RedisKind implements ServerKind {

  /** For {@link java.util.ServiceLoader}. */
  public RedisKind() {}

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public Optional<String> unavailable() {
    return RedisBinary.missing();
  }

  @Override
  public RedisServer start(Path directory) throws IOException {
    return start(directory, Map.of());
  }

  @Override
  public RedisServer start(Path directory, Map<String, String> environment) throws IOException {
    return RedisServer.start(directory, Configuration.DURABLE, environment);
  }

  @Override
  public boolean takesEnvironment() {
    return true;
  }
}
