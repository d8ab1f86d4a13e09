package io.tyer.servers.redis;

import io.tyer.testkit.server.ServerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A cluster of three masters without replicas; each keeps what it acknowledged. */
public final class RedisClusterKind implements ServerKind {

  /** For {@link java.util.ServiceLoader}. */
  public RedisClusterKind() {}

  @Override
  public String name() {
    return "redis-cluster";
  }

  @Override
  public Optional<String> unavailable() {
    return RedisBinary.missing();
  }

  @Override
  public RedisClusterServer start(Path directory) throws IOException {
    return RedisClusterServer.start(directory, 3, 0);
  }
}
