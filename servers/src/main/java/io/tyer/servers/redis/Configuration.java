package io.tyer.servers.redis;

import java.util.List;

/** Lines of redis.conf. */
final class Configuration {

  /** Keeps nothing on the disk. */
  static final List<String> VOLATILE = List.of("save \"\"", "appendonly no");

  /** Has everything on the disk that it acknowledged. */
  static final List<String> DURABLE = List.of("save \"\"", "appendonly yes", "appendfsync always");

  private Configuration() {}
}
