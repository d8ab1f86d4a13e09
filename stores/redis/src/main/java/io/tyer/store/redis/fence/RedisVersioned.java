package io.tyer.store.redis.fence;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.tyer.StoreRefusedException;
import io.tyer.fence.AbstractVersioned;
import io.tyer.fence.Codec;
import io.tyer.fence.StoredVersion;
import io.tyer.fence.Version;
import io.tyer.store.redis.fence.RedisCalls.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value in a hash of a Redis or Valkey server, or of a cluster: {@code version}, {@code previous}
 * and {@code content}. A write is one script, a read is one HMGET; each waits for the connection's
 * time-out at most.
 *
 * <p>The connection is the user's, of any codec, shared with any other use but MULTI, which is a
 * state of the connection; closing it stays the user's. Nothing is sent to a server twice, whatever
 * the connection's options say.
 *
 * <p>Redis keeps what it acknowledged only as well as it is told to. Where a crash or a failover
 * loses writes, an old version stands again, with its old value; it is still true that nothing is
 * overwritten that was not read. A key may be given a TTL by other means, and keeps it.
 *
 * @param <T> what the value is
 */
public final class RedisVersioned<T> extends AbstractVersioned<T> {

  private static final LuaScript SCRIPT = LuaScript.of("versioned.lua");
  private static final byte[] NONE = new byte[0];

  private final RedisCalls calls;
  private final byte[] key;

  /**
   * At this key.
   *
   * @param connection to one server ({@code StatefulRedisConnection}) or to a cluster ({@code
   *     StatefulRedisClusterConnection})
   * @param key as UTF-8
   */
  public RedisVersioned(StatefulConnection<?, ?> connection, String key, Codec<T> codec) {
    super(key, codec);
    this.calls = new RedisCalls(connection);
    this.key = bytes(key);
  }

  @Override
  protected Optional<StoredVersion> load() throws InterruptedException {
    CommandArgs<byte[], byte[]> args = new CommandArgs<>(ByteArrayCodec.INSTANCE);
    args.addKey(key).add("version").add("previous").add("content");
    Object answer;
    try {
      answer = calls.call(resource(), false, CommandType.HMGET, args);
    } catch (RefusedException e) {
      throw RedisCalls.refused(resource(), e);
    }
    if (!(answer instanceof List<?> fields) || fields.size() != 3) {
      throw malformed(null);
    }
    if (fields.get(0) == null) {
      return Optional.empty();
    }
    if (fields.get(0) instanceof byte[] version
        && fields.get(1) instanceof byte[] previous
        && fields.get(2) instanceof byte[] content) {
      return Optional.of(
          new StoredVersion(
              version(version),
              previous.length == 0 ? Optional.empty() : Optional.of(version(previous)),
              content));
    }
    throw malformed(null);
  }

  private Version version(byte[] text) {
    try {
      return Version.parse(new String(text, StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      throw malformed(e);
    }
  }

  private StoreRefusedException malformed(@Nullable Exception cause) {
    return new StoreRefusedException(
        "key " + resource() + " holds no versioned value; remove it, or choose another", cause);
  }

  @Override
  protected boolean store(StoredVersion next) throws InterruptedException {
    return exchange(
        next.previous().map(RedisVersioned::bytes).orElse(NONE),
        bytes(next.version()),
        next.content());
  }

  @Override
  protected boolean delete(Version expected) throws InterruptedException {
    return exchange(bytes(expected), NONE, NONE);
  }

  private boolean exchange(byte[] expected, byte[] next, byte[] content)
      throws InterruptedException {
    try {
      Object answer = calls.run(resource(), SCRIPT, List.of(key), List.of(expected, next, content));
      return Long.valueOf(1).equals(answer);
    } catch (RefusedException e) {
      if (e.error().startsWith("TYERFORMAT")) {
        throw malformed(e);
      }
      throw RedisCalls.refused(resource(), e);
    }
  }

  private static byte[] bytes(Object text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
