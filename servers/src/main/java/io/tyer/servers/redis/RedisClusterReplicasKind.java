package io.tyer.servers.redis;

import io.tyer.testkit.server.ServerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A cluster of three masters with a replica each, which takes a dead master's place. */
public final class RedisClusterReplicasKind implements ServerKind {

  /** For {@link java.util.ServiceLoader}. */
  public RedisClusterReplicasKind() {}

  @Override
  public String name() {
    return "redis-cluster-replicas";
  }

  @Override
  public Optional<String> unavailable() {
    return RedisBinary.missing();
  }

  @Override
  public RedisClusterServer start(Path directory) throws IOException {
    return RedisClusterServer.start(directory, 3, 1);
  }

  @Override
  public Optional<String> forgetsWhenKilled() {
    return Optional.of("replicas get what a master acknowledged a moment later");
  }

  @Override
  public Optional<String> forgetsWhenPaused() {
    return forgetsWhenKilled();
  }

  @Override
  public Optional<String> grantsWhenReplaced() {
    return Optional.of("a master that was stopped goes on as one until others tell it");
  }
}
