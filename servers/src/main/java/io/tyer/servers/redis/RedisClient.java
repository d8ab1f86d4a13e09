package io.tyer.servers.redis;

import java.io.IOException;
import java.net.InetSocketAddress;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.SafeEncoder;

/** Asks one node one thing, on a connection of its own. */
final class RedisClient {

  private static final JedisClientConfig CONFIG =
      DefaultJedisClientConfig.builder()
          .resp2()
          .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
          .connectionTimeoutMillis(2_000)
          .socketTimeoutMillis(5_000)
          .build();

  private RedisClient() {}

  /**
   * The answer: a String, a Long, a List of answers, {@code ""} where Redis answers nil.
   *
   * @throws IOException if the node cannot be reached, or answers with an error
   */
  static Object ask(InetSocketAddress node, String... command) throws IOException {
    byte[] verb = SafeEncoder.encode(command[0]);
    CommandArguments request = new CommandArguments(() -> verb);
    for (int i = 1; i < command.length; i++) {
      request.add(command[i]);
    }
    HostAndPort at = new HostAndPort(node.getAddress().getHostAddress(), node.getPort());
    try (Connection connection = new Connection(at, CONFIG)) {
      Object answer = SafeEncoder.encodeObject(connection.executeCommand(request));
      return answer == null ? "" : answer;
    } catch (JedisException e) {
      throw new IOException(at + " on " + String.join(" ", command) + ": " + e.getMessage(), e);
    }
  }
}
