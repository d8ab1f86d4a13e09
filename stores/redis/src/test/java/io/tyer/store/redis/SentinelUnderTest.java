package io.tyer.store.redis;

import io.tyer.servers.redis.RedisProxies;
import io.tyer.servers.redis.RedisSentinelServer;
import io.tyer.testkit.contract.Feature;
import io.tyer.testkit.contract.SharedServer;
import io.tyer.testkit.server.Contents;
import java.io.IOException;
import java.util.Optional;

/** A master with replicas and sentinels. */
final class SentinelUnderTest extends ManyUnderTest {

  private final RedisSentinelServer server;

  SentinelUnderTest(SharedServer<RedisSentinelServer> shared) throws IOException {
    super(shared);
    this.server = shared.get();
  }

  @Override
  RedisProxies proxies() throws IOException {
    return RedisProxies.to(server);
  }

  @Override
  public Contents look() throws IOException {
    return server.look(prefix());
  }

  @Override
  public Optional<String> whyNot(Feature feature) {
    return Optional.empty();
  }

  /**
   * The master is back with its data before the sentinels take it for dead, unless they are fast.
   */
  @Override
  public void restart() throws IOException {
    server.kill();
    server.start();
  }

  @Override
  public void removeLine(String name) throws IOException {
    Object unused = server.master().ask("DEL", prefix() + ":{0}:line:" + name);
  }
}
