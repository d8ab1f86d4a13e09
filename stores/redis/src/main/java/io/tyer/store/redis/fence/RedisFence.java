package io.tyer.store.redis.fence;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.lettuce.core.api.StatefulConnection;
import io.tyer.Lease;
import io.tyer.fence.StaleTokenException;
import io.tyer.store.redis.fence.RedisCalls.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fences what is written to Redis or Valkey: the token is compared and remembered, and the data are
 * written, by one script on the server. A check by itself is not offered: between it and a later
 * command a larger token can come, and Redis has no transaction that would keep it out.
 *
 * <pre>{@code
 * RedisFence fence = new RedisFence(connection);
 * fence.set("report/7", bytes, lease);
 * fence.run("coupon/42", lease, "return redis.call('DECR', KEYS[1])",
 *     List.of("{coupon/42}:stock"), List.of());
 * }</pre>
 *
 * <p>The largest token seen of a resource is kept at {@code {RESOURCE}:fence}, or {@code
 * RESOURCE:fence} where the resource's name has a part in braces already, in decimal digits and for
 * good; removing it lets any token in. It is only as safe as the server keeps what it acknowledged:
 * where a crash or a failover loses it, data and token are as old as each other, and an older token
 * may be let in once more.
 *
 * <p>In a cluster, one script's keys lie in one slot: give the names of the data the resource in
 * braces, as above; otherwise {@link IllegalArgumentException} says which key is elsewhere.
 *
 * <p>The connection is the user's, of any codec, and not to be in a MULTI. Nothing is sent to a
 * server twice. Safe for use by many threads; calls wait for the connection's time-out at most. All
 * throw
 *
 * <ul>
 *   <li>{@link StaleTokenException} if a larger token has been seen; then nothing was done
 *   <li>{@link io.tyer.LeaseLostException}, {@link io.tyer.OutcomeUnknownException} and {@link
 *       IllegalStateException} as {@link Lease#checkValid} does; then nothing was done
 *   <li>{@link IllegalArgumentException} if it is no token
 *   <li>{@link io.tyer.OutcomeUnknownException} if the answer was lost: it may have been done. A
 *       set or delete may be repeated, as long as the lease is valid
 *   <li>{@link io.tyer.StoreUnreachableException} if nothing was done; trying again later is safe
 *   <li>{@link io.tyer.StoreRefusedException} with what the server says: a script that fails has
 *       done what it did before
 *   <li>{@link InterruptedException} if nothing was sent; interrupted later, the outcome is unknown
 * </ul>
 */
public final class RedisFence {

  private static final LuaScript SET =
      LuaScript.guarded("redis.call('SET', KEYS[1], ARGV[1]) return 1");
  private static final LuaScript DELETE = LuaScript.guarded("return redis.call('DEL', KEYS[1])");

  private final RedisCalls calls;

  /**
   * Over this connection.
   *
   * @param connection to one server ({@code StatefulRedisConnection}) or to a cluster ({@code
   *     StatefulRedisClusterConnection})
   */
  public RedisFence(StatefulConnection<?, ?> connection) {
    this.calls = new RedisCalls(connection);
  }

  /** Sets a key, which is the resource, too, under the token of a lease. */
  public void set(String key, byte[] value, Lease lease) throws InterruptedException {
    set(key, value, token(lease));
  }

  /** The same for a token that came from elsewhere. */
  public void set(String key, byte[] value, long token) throws InterruptedException {
    Object unused = guarded(key, token, SET, List.of(key), List.of(value));
  }

  /** Deletes a key, which is the resource, too, under the token of a lease. False: none there. */
  @CanIgnoreReturnValue
  public boolean delete(String key, Lease lease) throws InterruptedException {
    return delete(key, token(lease));
  }

  /** The same for a token that came from elsewhere. */
  @CanIgnoreReturnValue
  public boolean delete(String key, long token) throws InterruptedException {
    return Long.valueOf(1).equals(guarded(key, token, DELETE, List.of(key), List.of()));
  }

  /**
   * Runs a script of the user's under the token of a lease, with the check in front of it, in the
   * same call. Like any script, it is one step for all others, and what it did is not undone if it
   * fails in the middle. The token counts as seen in either case.
   *
   * @param resource what the token is compared for
   * @param script Lua, with its {@code KEYS} and {@code ARGV} as usual; the same text each time, as
   *     the server keeps all it has seen
   * @param keys all that it uses
   * @return a {@link Long}, a {@code byte[]}, null, or a {@link List} of these and of lists
   */
  @CanIgnoreReturnValue
  public @Nullable Object run(
      String resource, Lease lease, String script, List<String> keys, List<String> values)
      throws InterruptedException {
    return run(resource, token(lease), script, keys, values);
  }

  /** The same for a token that came from elsewhere. */
  @CanIgnoreReturnValue
  public @Nullable Object run(
      String resource, long token, String script, List<String> keys, List<String> values)
      throws InterruptedException {
    return guarded(
        resource,
        token,
        LuaScript.guarded(script),
        keys,
        values.stream().map(RedisFence::bytes).toList());
  }

  private @Nullable Object guarded(
      String resource, long token, LuaScript script, List<String> keys, List<byte[]> values)
      throws InterruptedException {
    if (token <= 0) {
      throw new IllegalArgumentException(
          "a fencing token is a positive number, as Lease.token() gives it, not " + token);
    }
    List<String> all = new ArrayList<>();
    all.add(fenceKey(resource));
    all.addAll(keys);
    calls.checkTogether(all);
    List<byte[]> arguments = new ArrayList<>();
    arguments.add(bytes(Long.toString(token)));
    arguments.addAll(values);
    try {
      return calls.run(resource, script, all.stream().map(RedisFence::bytes).toList(), arguments);
    } catch (RefusedException e) {
      if (e.error().startsWith(STALE)) {
        throw new StaleTokenException(
            resource, token, Long.parseLong(e.error().substring(STALE.length())));
      }
      throw RedisCalls.refused(resource, e);
    }
  }

  private static final String STALE = "TYERSTALE ";

  /** In the resource's own slot. */
  private static String fenceKey(String resource) {
    if (resource.isEmpty()) {
      throw new IllegalArgumentException("a resource's name must not be empty");
    }
    int open = resource.indexOf('{');
    boolean tagged = open >= 0 && resource.indexOf('}', open) > open + 1;
    return tagged ? resource + ":fence" : "{" + resource + "}:fence";
  }

  private static long token(Lease lease) {
    lease.checkValid();
    return lease.token();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
