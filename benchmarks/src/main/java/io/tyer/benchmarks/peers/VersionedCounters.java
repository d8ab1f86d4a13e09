package io.tyer.benchmarks.peers;

import com.zaxxer.hikari.HikariDataSource;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Counters;
import io.tyer.benchmarks.server.RedisLocation;
import io.tyer.fence.Codec;
import io.tyer.fence.JdbcVersioned;
import io.tyer.fence.VersionTable;
import io.tyer.fence.Versioned;
import io.tyer.store.redis.fence.RedisVersioned;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;

/** Numbers that are changed without a lock, by {@link Versioned}, with its usual retries. */
final class VersionedCounters implements Counters {

  private final Function<String, Versioned<String>> values;
  private final Runnable end;

  /**
   * Of these values.
   *
   * @param end what is done when it is closed
   */
  VersionedCounters(Function<String, Versioned<String>> values, Runnable end) {
    this.values = values;
    this.end = end;
  }

  /** In rows of a database. */
  static VersionedCounters inDatabase(Address place) throws IOException {
    HikariDataSource pool = SqlPools.open(place);
    try (Connection connection = pool.getConnection()) {
      new VersionTable().create(connection);
    } catch (SQLException e) {
      pool.close();
      throw new IOException(e);
    }
    return new VersionedCounters(
        name -> new JdbcVersioned<>(pool, name, Codec.text()), pool::close);
  }

  /** At keys of a Redis server. */
  static VersionedCounters onRedis(Address place) {
    RedisClient client = RedisClient.create(RedisLocation.of(place).uri());
    StatefulRedisConnection<String, String> connection = client.connect();
    return new VersionedCounters(
        name -> new RedisVersioned<>(connection, name, Codec.text()),
        () -> {
          connection.close();
          client.shutdown();
        });
  }

  private record Value(Versioned<String> value) implements Counter {

    @Override
    public long make() throws InterruptedException {
      Optional<Versioned.Entry<String>> found = value.read();
      if (found.isPresent()) {
        return Long.parseLong(found.get().value());
      }
      if (value.create("0").isEmpty()) {
        throw new IllegalStateException("somebody else has made " + value.resource());
      }
      return 0;
    }

    @Override
    public void add(Runnable computation) throws InterruptedException {
      value.update(
          now -> {
            long old = Long.parseLong(now.orElseThrow());
            computation.run();
            return Long.toString(old + 1);
          });
    }
  }

  @Override
  public Counter counter(String name) {
    return new Value(values.apply(name));
  }

  @Override
  public void close() {
    end.run();
  }
}
