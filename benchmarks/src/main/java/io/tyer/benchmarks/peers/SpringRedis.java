package io.tyer.benchmarks.peers;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.server.RedisLocation;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** How Spring's peers reach the server: through Lettuce, with default settings. */
final class SpringRedis {

  private SpringRedis() {}

  /** Connected on demand; to be destroyed. */
  static LettuceConnectionFactory connect(Address address) {
    RedisLocation location = RedisLocation.of(address);
    LettuceConnectionFactory connections =
        new LettuceConnectionFactory(
            new RedisStandaloneConfiguration(location.host(), location.port()));
    connections.afterPropertiesSet();
    connections.start();
    return connections;
  }
}
