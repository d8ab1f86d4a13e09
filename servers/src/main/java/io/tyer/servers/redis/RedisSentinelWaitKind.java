package io.tyer.servers.redis;

import io.tyer.testkit.server.ServerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The same as {@link RedisSentinelKind}, for clients that wait until a replica has what counts. */
public final class RedisSentinelWaitKind implements ServerKind {

  /** For {@link java.util.ServiceLoader}. */
  public RedisSentinelWaitKind() {}

  @Override
  public String name() {
    return "redis-sentinel-wait";
  }

  @Override
  public Optional<String> unavailable() {
    return RedisBinary.missing();
  }

  @Override
  public RedisSentinelServer start(Path directory) throws IOException {
    return RedisSentinelServer.start(directory, "&replicas=1");
  }

  /** A replica that the sentinels prefer has what another one of two has acknowledged. */
  @Override
  public Optional<String> forgetsWhenPaused() {
    return Optional.of("a former master that was stopped may become the master again as it was");
  }
}
