package io.tyer.servers.redis;

import java.util.Optional;

/** One server that keeps nothing: when it is killed, all is lost. */
public final class RedisVolatileKind extends RedisAloneKind {

  /** For {@link java.util.ServiceLoader}. */
  public RedisVolatileKind() {
    super(Configuration.VOLATILE);
  }

  @Override
  public String name() {
    return "redis-volatile";
  }

  @Override
  public Optional<String> forgetsWhenKilled() {
    return Optional.of("it keeps nothing on a disk");
  }
}
