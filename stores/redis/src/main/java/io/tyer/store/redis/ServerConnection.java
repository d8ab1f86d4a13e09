package io.tyer.store.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import io.tyer.spi.Cancellable;
import io.tyer.spi.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One connection to one server process, until it breaks; it is never made whole again. */
final class ServerConnection {

  private final Server server;
  private final StatefulRedisConnection<byte[], byte[]> lettuce;
  private final byte[] run;
  private final Set<Script> known = ConcurrentHashMap.newKeySet();

  /** Whose whole text is on its way. */
  private final Set<Script> telling = ConcurrentHashMap.newKeySet();

  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean open = true;
  private volatile boolean retired;
  private volatile boolean progress;
  private volatile @Nullable Cancellable watch;

  ServerConnection(Server server, StatefulRedisConnection<byte[], byte[]> lettuce, String run) {
    this.server = server;
    this.lettuce = lettuce;
    this.run = Keys.bytes(run);
  }

  /** Begins to watch it; before it is used. */
  void start() {
    lettuce.addListener(
        new RedisConnectionStateListener() {
          @Override
          public void onRedisDisconnected(RedisChannelHandler<?, ?> handler) {
            broken();
          }
        });
    if (!lettuce.isOpen()) {
      broken();
    }
    watch();
  }

  /** What tells the server at its other end from all that have served, or will. */
  byte[] run() {
    return run;
  }

  /** False if it has broken, and the request was not sent. */
  boolean send(Request request) {
    if (!open) {
      return false;
    }
    dispatch(ScriptCommand.byName(this, request));
    return true;
  }

  /** The next slot's owner is asked though it does not own the slot yet. */
  void sendAsking(Request request) {
    Command<byte[], byte[], String> asking =
        new Command<>(CommandType.ASKING, new StatusOutput<>(ByteArrayCodec.INSTANCE));
    underWay.incrementAndGet();
    ScriptCommand command = ScriptCommand.whole(this, request);
    command.sending();
    try {
      var unused = lettuce.dispatch(List.<RedisCommand<byte[], byte[], ?>>of(asking, command));
    } catch (RuntimeException e) {
      command.completeExceptionally(new NotSentException(e));
    } finally {
      command.sent();
    }
  }

  private void dispatch(ScriptCommand command) {
    underWay.incrementAndGet();
    command.sending();
    try {
      var unused = lettuce.dispatch(command);
    } catch (RuntimeException e) {
      command.completeExceptionally(new NotSentException(e));
    } finally {
      command.sent();
    }
  }

  /**
   * Several at once, and after them another command, with nothing in between; so that none must be
   * sent once more behind it, the server is told each script's text first.
   */
  void send(List<Request> requests, RedisCommand<byte[], byte[], ?> last) {
    List<RedisCommand<byte[], byte[], ?>> commands = new ArrayList<>();
    List<ScriptCommand> scripts = new ArrayList<>();
    for (Request request : requests) {
      underWay.incrementAndGet();
      scripts.add(
          known.add(request.script())
              ? ScriptCommand.whole(this, request)
              : ScriptCommand.byName(this, request));
    }
    commands.addAll(scripts);
    commands.add(last);
    if (!open) {
      server.lost(this);
    }
    scripts.forEach(ScriptCommand::sending);
    try {
      var unused = lettuce.dispatch(commands);
    } catch (RuntimeException e) {
      commands.forEach(command -> command.completeExceptionally(new NotSentException(e)));
    } finally {
      scripts.forEach(ScriptCommand::sent);
    }
  }

  void answered(ScriptCommand command) {
    progress = true;
    underWay.decrementAndGet();
    Request request = command.request();
    if (command.isWhole()) {
      telling.remove(request.script());
    }
    readOn(command, request);
    if (retired && underWay.get() == 0) {
      close();
    }
  }

  private void readOn(ScriptCommand command, Request request) {
    String error = command.getOutput().getError();
    if (error == null) {
      request.answered(command.getOutput().get());
    } else if (Failures.isNoScript(error) && !command.isWhole()) {
      // Many may have been sent by name: one of them tells the server the text.
      boolean told = !telling.add(request.script());
      dispatch(
          told && !command.isAgain()
              ? ScriptCommand.again(this, request)
              : ScriptCommand.whole(this, request));
    } else if (Failures.isRedirection(error) && server.redirected(request, error)) {
      if (Failures.isMoved(error)) {
        // It may be the master once more, with less than it had: that is another life.
        retired = true;
        open = false;
        server.replace(this);
      }
    } else {
      request.failed(Failures.refused(server.description(), error));
      if (Failures.isNoMaster(error)) {
        close();
      }
    }
  }

  void unanswered(ScriptCommand command, @Nullable Throwable failure) {
    underWay.decrementAndGet();
    Request request = command.request();
    // Even if the client library has not said so yet.
    open = false;
    request.failed(
        command.isRefused() || isUnsent(failure) || request.isHarmless()
            ? Failures.unreachable(server.description(), "the connection broke", failure)
            : Failures.unknown(server.description(), failure));
  }

  /** Whether it failed before any of it went out. */
  private static boolean isUnsent(@Nullable Throwable failure) {
    return failure instanceof IOException
        || failure instanceof NotSentException
        || (failure instanceof RedisException
            && String.valueOf(failure.getMessage()).startsWith("Currently not connected"));
  }

  private void broken() {
    open = false;
    closed.set(true);
    Cancellable last = watch;
    if (last != null) {
      last.cancel();
    }
    server.lost(this);
  }

  /** A server that owes answers and gives none is left for another connection. */
  private void watch() {
    progress = false;
    int owed = underWay.get();
    watch =
        server
            .surroundings()
            .schedule(
                server.operationTimeout().toNanos(),
                () -> {
                  if (closed.get()) {
                    return;
                  }
                  if (owed > 0 && underWay.get() > 0 && !progress) {
                    close();
                  } else {
                    watch();
                  }
                });
  }

  void close() {
    open = false;
    Cancellable last = watch;
    if (last != null) {
      last.cancel();
    }
    if (closed.compareAndSet(false, true)) {
      server.close(lettuce);
    }
    server.lost(this);
  }

  static StoreException closed(String where) {
    return Failures.unreachable(where, "the connection broke before this was sent", null);
  }

  /** The client library refused a command. */
  private static final class NotSentException extends Exception {
    private static final long serialVersionUID = 1L;

    NotSentException(RuntimeException cause) {
      super(cause);
    }
  }
}
