package io.tyer.benchmarks.floors;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Mutex;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.server.RedisLocation;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;

/**
 * Floor: one script that sets a key and one that deletes it, on one pipelined connection, each
 * called from the thread that wants the lock, which waits for the answer. Nobody waits for the
 * lock.
 */
public final class LettuceScripts implements Subject {

  private static final String TTL_MILLIS = "30000";

  private final Address address;

  public LettuceScripts(Address address) {
    this.address = address;
  }

  private record ScriptMutex(ScriptClient client, String key, String value)
      implements Mutex, Mutex.Held {

    @Override
    public Held acquire() throws Exception {
      client.call(client.acquire, key, value, TTL_MILLIS);
      return this;
    }

    @Override
    public void release() throws Exception {
      client.call(client.release, key, value);
    }

    /** What comes of the release is seen by the next acquire. */
    @Override
    public void pairAsync() throws Exception {
      client.call(client.acquire, key, value, TTL_MILLIS);
      RedisFuture<Long> unused = client.send(client.release, key, value);
    }
  }

  private static final class ScriptClient implements Client {

    private final RedisClient redis;
    private final StatefulRedisConnection<String, String> connection;
    private final RedisAsyncCommands<String, String> commands;
    private final String acquire;
    private final String release;

    ScriptClient(RedisLocation location) throws IOException {
      this.redis = RedisClient.create(location.uri());
      this.connection = redis.connect();
      this.commands = connection.async();
      this.acquire = connection.sync().scriptLoad(Resources.text("acquire.lua"));
      this.release = connection.sync().scriptLoad(Resources.text("release.lua"));
    }

    private RedisFuture<Long> send(String script, String key, String... values) {
      return commands.evalsha(script, ScriptOutputType.INTEGER, new String[] {key}, values);
    }

    private void call(String script, String key, String... values) throws Exception {
      Long done = send(script, key, values).get();
      if (done != 1) {
        throw new IOException("somebody else has the lock " + key);
      }
    }

    @Override
    public Mutex mutex(String name) {
      String value = UUID.randomUUID().toString();
      return new ScriptMutex(this, "lettuce:" + name, value);
    }

    @Override
    public void close() {
      connection.close();
      redis.shutdown();
    }
  }

  @Override
  public Set<Ability> abilities() {
    return Set.of(Ability.PAIRS, Ability.RELEASES_ASYNC);
  }

  @Override
  public boolean spansProcesses() {
    return true;
  }

  @Override
  public Client open() throws IOException {
    return new ScriptClient(RedisLocation.of(address));
  }
}
