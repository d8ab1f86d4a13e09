package io.tyer.servers.redis;

import io.tyer.testkit.server.Contents;
import io.tyer.testkit.server.StoreServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** One server alone. */
public final class RedisServer implements StoreServer {

  private final RedisNode node;

  private RedisServer(RedisNode node) {
    this.node = node;
  }

  /**
   * Starts one that is configured otherwise than the kinds.
   *
   * @param configuration lines of redis.conf, beyond where it listens
   * @param environment beyond that of this JVM
   */
  public static RedisServer start(
      Path directory, List<String> configuration, Map<String, String> environment)
      throws IOException {
    RedisServer server =
        new RedisServer(RedisNode.in(directory.resolve("node"), configuration, environment));
    try {
      server.start();
    } catch (IOException e) {
      server.close();
      throw e;
    }
    return server;
  }

  /** Its process. */
  public RedisNode node() {
    return node;
  }

  @Override
  public String address() {
    return addressAt("127.0.0.1", node.address().getPort());
  }

  @Override
  public Optional<InetSocketAddress> endpoint() {
    return Optional.of(node.address());
  }

  @Override
  public String addressAt(String host, int port) {
    return "redis://" + host + ":" + port;
  }

  @Override
  public boolean hasProcess() {
    return true;
  }

  @Override
  public OptionalLong pid() {
    return node.pid();
  }

  @Override
  public void kill() {
    node.kill();
  }

  @Override
  public void start() throws IOException {
    node.start();
  }

  @Override
  public Contents look() throws IOException {
    RedisContents contents = new RedisContents(RedisContents.USUAL_PREFIX);
    contents.addAll(node);
    return contents.contents();
  }

  @Override
  public void close() {
    node.close();
  }
}
