package io.tyer.store.redis.fence;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.tyer.OutcomeUnknownException;
import io.tyer.StoreRefusedException;
import io.tyer.StoreUnreachableException;
import io.tyer.TyerException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks a server over the user's connection, whatever codec that has. */
final class RedisCalls {

  private final StatefulConnection<byte[], byte[]> connection;

  /** A server's refusal, in its own words; nothing was done, unless by a script before it. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String error, Throwable cause) {
      super(error, cause);
    }

    String error() {
      return String.valueOf(getMessage());
    }
  }

  @SuppressWarnings("unchecked") // commands bring codecs of their own
  RedisCalls(StatefulConnection<?, ?> connection) {
    this.connection = (StatefulConnection<byte[], byte[]>) connection;
  }

  /** Throws unless one script may have all of these keys: in a cluster, if they share a slot. */
  void checkTogether(List<String> keys) {
    if (connection instanceof StatefulRedisClusterConnection) {
      int slot = SlotHash.getSlot(keys.get(0));
      for (String key : keys) {
        if (SlotHash.getSlot(key) != slot) {
          throw new IllegalArgumentException(
              "in a cluster, all keys of a script must be in one slot, and "
                  + key
                  + " is not in that of "
                  + keys.get(0)
                  + ": give their names the same part in braces, as in {coupon/42}:stock");
        }
      }
    }
  }

  /** Runs a script, once at most. */
  @Nullable Object run(String resource, LuaScript script, List<byte[]> keys, List<byte[]> values)
      throws RefusedException, InterruptedException {
    try {
      return call(resource, true, CommandType.EVALSHA, args(script.sha(), keys, values));
    } catch (RefusedException e) {
      if (!e.error().startsWith("NOSCRIPT")) {
        throw e;
      }
      return call(resource, true, CommandType.EVAL, args(script.source(), keys, values));
    }
  }

  private static CommandArgs<byte[], byte[]> args(
      byte[] script, List<byte[]> keys, List<byte[]> values) {
    CommandArgs<byte[], byte[]> args = new CommandArgs<>(ByteArrayCodec.INSTANCE);
    args.add(script).add(keys.size());
    keys.forEach(args::addKey);
    values.forEach(args::add);
    return args;
  }

  /**
   * Sends a command and waits for its answer, as long as the connection's time-out says.
   *
   * @param writes whether it makes a difference that nobody knows what became of it
   */
  @Nullable Object call(
      String resource, boolean writes, CommandType type, CommandArgs<byte[], byte[]> args)
      throws RefusedException, InterruptedException {
    if (!connection.isOpen()) {
      throw new StoreUnreachableException(
          resource + " was not reached: the connection to Redis is not open", null);
    }
    OnceCommand command = new OnceCommand(type, args);
    AsyncCommand<byte[], byte[], Object> sent = new AsyncCommand<>(command);
    try {
      var unused = connection.dispatch(sent);
      Object answer = sent.get(nanos(connection.getTimeout()), TimeUnit.NANOSECONDS);
      if (!command.isAnswered()) {
        throw unanswered(resource, writes, command, "the connection broke", null);
      }
      return answer;
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      // What was sent in its place may be refused, too, and says nothing of it.
      if (cause instanceof RedisCommandExecutionException refused && command.isRefused()) {
        throw new RefusedException(String.valueOf(refused.getMessage()), refused);
      }
      throw unanswered(resource, writes, command, String.valueOf(cause), e);
    } catch (TimeoutException | CancellationException e) {
      throw unanswered(resource, writes, command, "there was no answer in time", e);
    } catch (InterruptedException e) {
      if (command.giveUp() || !writes) {
        throw e;
      }
      Thread.currentThread().interrupt();
      throw unknown(resource, "the thread was interrupted", e);
    } finally {
      // Where it is still here, it need not be sent any more.
      sent.cancel();
    }
  }

  private static TyerException unanswered(
      String resource, boolean writes, OnceCommand command, String why, @Nullable Exception cause) {
    return command.giveUp() || !writes
        ? new StoreUnreachableException(resource + " was not reached: " + why, cause)
        : unknown(resource, why, cause);
  }

  private static OutcomeUnknownException unknown(
      String resource, String why, @Nullable Exception cause) {
    return new OutcomeUnknownException(resource + " may have been written or not: " + why, cause);
  }

  /** What to say of a refusal that means nothing special to the caller. */
  static TyerException refused(String resource, RefusedException refusal) {
    String error = refusal.error();
    String message = resource + ": Redis refuses: " + error;
    for (String passing :
        List.of("LOADING", "BUSY", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "NOREPLICAS")) {
      if (error.startsWith(passing + " ")) {
        return new StoreUnreachableException(message, refusal);
      }
    }
    return new StoreRefusedException(message, refusal);
  }

  /** Lettuce's zero is no time-out. */
  private static long nanos(Duration timeout) {
    return timeout.isZero() || timeout.isNegative() ? Long.MAX_VALUE : timeout.toNanos();
  }
}
