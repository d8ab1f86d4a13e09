package io.tyer.servers.redis;

import io.tyer.testkit.server.ServerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A master with two replicas and three sentinels. */
public final class RedisSentinelKind implements ServerKind {

  /** For {@link java.util.ServiceLoader}. */
  public RedisSentinelKind() {}

  @Override
  public String name() {
    return "redis-sentinel";
  }

  @Override
  public Optional<String> unavailable() {
    return RedisBinary.missing();
  }

  @Override
  public RedisSentinelServer start(Path directory) throws IOException {
    return RedisSentinelServer.start(directory, "");
  }

  @Override
  public Optional<String> forgetsWhenKilled() {
    return Optional.of("replicas get what the master acknowledged a moment later");
  }

  @Override
  public Optional<String> forgetsWhenPaused() {
    return forgetsWhenKilled();
  }

  @Override
  public Optional<String> grantsWhenReplaced() {
    return Optional.of("a master that was stopped goes on as one until sentinels tell it");
  }
}
