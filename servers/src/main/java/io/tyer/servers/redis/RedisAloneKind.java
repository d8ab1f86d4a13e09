package io.tyer.servers.redis;

import io.tyer.testkit.server.ServerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One server. */
abstract class RedisAloneKind implements ServerKind {

  private final List<String> configuration;

  RedisAloneKind(List<String> configuration) {
    this.configuration = configuration;
  }

  @Override
  public final Optional<String> unavailable() {
    return RedisBinary.missing();
  }

  @Override
  public final RedisServer start(Path directory) throws IOException {
    return start(directory, Map.of());
  }

  @Override
  public final RedisServer start(Path directory, Map<String, String> environment)
      throws IOException {
    return RedisServer.start(directory, configuration, environment);
  }

  @Override
  public final boolean takesEnvironment() {
    return true;
  }
}
