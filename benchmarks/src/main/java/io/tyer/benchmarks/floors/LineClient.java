package io.tyer.benchmarks.floors;

import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.tyer.benchmarks.server.RedisLocation;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands in lists on a Redis server, and hears when it is the turn of one of its places. Nobody's
 * death is noticed, and nothing expires.
 */
final class LineClient implements AutoCloseable {

  private static final String CHANNEL = "lettuce-line-news:";
  private static final String KEYS = "lettuce-line:";

  private final RedisClient redis;
  private final StatefulRedisConnection<String, String> connection;
  private final RedisAsyncCommands<String, String> commands;
  private final StatefulRedisPubSubConnection<String, String> news;
  private final String acquire;
  private final String release;
  private final String id = UUID.randomUUID().toString();
  private final AtomicInteger places = new AtomicInteger();
  private final Map<String, Runnable> turns = new ConcurrentHashMap<>();

  LineClient(RedisLocation location) throws IOException {
    this.redis = RedisClient.create(location.uri());
    this.connection = redis.connect();
    this.commands = connection.async();
    this.acquire = connection.sync().scriptLoad(Resources.text("line-acquire.lua"));
    this.release = connection.sync().scriptLoad(Resources.text("line-release.lua"));
    this.news = redis.connectPubSub();
    news.addListener(
        new RedisPubSubAdapter<>() {
          @Override
          public void message(String channel, String next) {
            Objects.requireNonNull(turns.get(next), next).run();
          }
        });
    news.sync().subscribe(CHANNEL + id);
  }

  /**
   * A place to stand at, in one line at a time.
   *
   * @param turn called when it has become this place's turn
   */
  String place(Runnable turn) {
    String place = id + " " + places.incrementAndGet();
    turns.put(place, turn);
    return place;
  }

  /** Stands in line; 1 if nobody is before it. */
  CompletionStage<Long> enter(String name, String place) {
    return call(acquire, name, place);
  }

  /** Goes, and tells the next one; 0 if it was not this place's turn. */
  CompletionStage<Long> leave(String name, String place) {
    return call(release, name, place, CHANNEL);
  }

  private CompletionStage<Long> call(String script, String name, String... values) {
    return commands.evalsha(script, ScriptOutputType.INTEGER, new String[] {KEYS + name}, values);
  }

  /** How many stand behind the first. */
  int waiting(String name) {
    return Math.max(0, connection.sync().llen(KEYS + name).intValue() - 1);
  }

  @Override
  public void close() {
    connection.close();
    news.close();
    redis.shutdown();
  }
}
