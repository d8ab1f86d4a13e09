package io.tyer.servers.redis;

import io.tyer.testkit.server.ServerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** One server that keeps nothing: when it is killed, all is lost. */
public final class RedisVolatileKind implements ServerKind {

  /** For {@link java.util.ServiceLoader}. */
  public RedisVolatileKind() {}

  @Override
  public String name() {
    return "redis-volatile";
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
    return RedisServer.start(directory, Configuration.VOLATILE, environment);
  }

  @Override
  public boolean takesEnvironment() {
    return true;
  }

  @Override
  public Optional<String> forgetsWhenKilled() {
    return Optional.of("it keeps nothing on a disk");
  }
}
