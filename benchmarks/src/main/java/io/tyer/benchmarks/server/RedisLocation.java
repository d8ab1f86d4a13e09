package io.tyer.benchmarks.server;

import io.tyer.benchmarks.play.Address;
import java.net.URI;

/**
 * Where a Redis server listens.
 *
 * @param host its name or address
 * @param port its port
 */
public record RedisLocation(String host, int port) {

  private static final int DEFAULT_PORT = 6379;

  /**
   * Reads the location of an address, as in {@code redis://host:port}.
   *
   * @throws IllegalArgumentException if it names no single server that asks for no password
   */
  public static RedisLocation of(Address address) {
    URI uri = URI.create("redis:" + address.location());
    if (uri.getHost() == null || uri.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "one Redis server without a password is measured, as in redis://host:port, or one that"
              + " is started for it, as in redis: - not "
              + address);
    }
    return new RedisLocation(uri.getHost(), uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort());
  }

  /** As clients of Redis read it. */
  public String uri() {
    return "redis://" + authority();
  }

  String authority() {
    return host + ":" + port;
  }
}
