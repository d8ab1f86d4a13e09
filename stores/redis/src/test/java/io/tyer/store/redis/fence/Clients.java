package io.tyer.store.redis.fence;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.tyer.servers.redis.RedisServer;
import io.tyer.servers.redis.RedisVolatileKind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;

/** A server, and a user's client of it as he would make it, with nothing said of reconnecting. */
final class Clients implements AutoCloseable {

  final RedisServer server;
  private final RedisClient client = RedisClient.create();

  private Clients(RedisServer server) {
    this.server = server;
  }

  static Clients start(Path directory) throws IOException {
    RedisVolatileKind kind = new RedisVolatileKind();
    Assumptions.assumeTrue(kind.unavailable().isEmpty(), "no Redis can be had");
    return new Clients(kind.start(directory));
  }

  StatefulRedisConnection<String, String> connect() {
    return connect(server.node().address());
  }

  StatefulRedisConnection<String, String> connect(InetSocketAddress address) {
    return client.connect(
        RedisURI.builder()
            .withHost(address.getHostString())
            .withPort(address.getPort())
            .withTimeout(Duration.ofSeconds(10))
            .build());
  }

  RedisCommands<String, String> commands() {
    return connect().sync();
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    server.close();
  }
}
