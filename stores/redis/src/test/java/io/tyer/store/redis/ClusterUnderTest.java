package io.tyer.store.redis;

import io.tyer.line.LockName;
import io.tyer.servers.redis.RedisClusterServer;
import io.tyer.servers.redis.RedisNode;
import io.tyer.servers.redis.RedisProxies;
import io.tyer.testkit.contract.Feature;
import io.tyer.testkit.contract.SharedServer;
import io.tyer.testkit.server.Contents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A cluster; all of its nodes are restarted at once, so that whatever a test locks is concerned.
 */
final class ClusterUnderTest extends ManyUnderTest {

  private final RedisClusterServer cluster;

  ClusterUnderTest(SharedServer<RedisClusterServer> shared) throws IOException {
    super(shared);
    this.cluster = shared.get();
  }

  @Override
  RedisProxies proxies() throws IOException {
    return RedisProxies.to(cluster);
  }

  @Override
  public Contents look() throws IOException {
    return cluster.look(prefix());
  }

  @Override
  public boolean sweptByShard() {
    return true;
  }

  @Override
  public Optional<String> whyNot(Feature feature) {
    return feature == Feature.ONE_SESSION
        ? Optional.of("a client has a session in each shard of the cluster that it uses")
        : Optional.empty();
  }

  @Override
  public void restart() throws IOException {
    cluster.nodes().forEach(RedisNode::kill);
    cluster.start();
  }

  @Override
  public void removeLine(String name) throws IOException {
    int shard = Slots.shardOf(LockName.of(name));
    Keys keys = new Keys(prefix(), Slots.tag(shard));
    String key = new String(keys.line(LockName.of(name)), StandardCharsets.UTF_8);
    Object unused = cluster.ownerOf(Slots.slot(shard)).ask("DEL", key);
  }
}
