package io.tyer.servers.redis;

/** One server that keeps what it acknowledged, also when it is killed. */
public final class RedisKind extends RedisAloneKind {

  /** For {@link java.util.ServiceLoader}. */
  public RedisKind() {
    super(Configuration.DURABLE);
  }

  @Override
  public String name() {
    return "redis";
  }
}
