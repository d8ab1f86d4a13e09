package io.tyer.benchmarks.peers;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.tyer.Lease;
import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.server.RedisLocation;
import io.tyer.store.redis.fence.RedisFence;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Numbers at keys, read by GET and written by SET; or by a script each, behind a fence. */
final class RedisNumbers implements Numbers {

  private static final String READ = "return redis.call('GET', KEYS[1])";
  private static final String WRITE = "return redis.call('SET', KEYS[1], ARGV[1])";

  private final RedisClient client;
  private final StatefulRedisConnection<String, String> connection;
  private final RedisFence fence;
  private final boolean fenced;

  RedisNumbers(Address place, boolean fenced) {
    this.client = RedisClient.create(RedisLocation.of(place).uri());
    this.connection = client.connect();
    this.fence = new RedisFence(connection);
    this.fenced = fenced;
  }

  private static String key(String name) {
    return "{" + name + "}:number";
  }

  @Override
  public long make(String name) {
    String found = connection.sync().get(key(name));
    if (found != null) {
      return Long.parseLong(found);
    }
    connection.sync().set(key(name), "0");
    return 0;
  }

  @Override
  public void add(String name, Lease lease, Runnable computation) throws InterruptedException {
    if (fenced) {
      addBehindFence(name, lease, computation);
      return;
    }
    long old = Long.parseLong(connection.sync().get(key(name)));
    computation.run();
    connection.sync().set(key(name), Long.toString(old + 1));
  }

  private void addBehindFence(String name, Lease lease, Runnable computation)
      throws InterruptedException {
    List<String> keys = List.of(key(name));
    if (!(fence.run(name, lease, READ, keys, List.of()) instanceof byte[] found)) {
      throw new IllegalStateException("the number " + name + " is gone");
    }
    long old = Long.parseLong(new String(found, StandardCharsets.UTF_8));
    computation.run();
    fence.run(name, lease, WRITE, keys, List.of(Long.toString(old + 1)));
  }

  @Override
  public void close() {
    connection.close();
    client.shutdown();
  }
}
