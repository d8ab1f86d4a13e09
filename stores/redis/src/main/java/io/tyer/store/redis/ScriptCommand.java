package io.tyer.store.redis;

import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/** A request on its way over one connection; told on the connection's thread how it ended. */
final class ScriptCommand extends Command<byte[], byte[], Object> {

  private static final AtomicIntegerFieldUpdater<ScriptCommand> ENDED =
      AtomicIntegerFieldUpdater.newUpdater(ScriptCommand.class, "ended");

  private final ServerConnection connection;
  private final Request request;
  private final boolean whole;
  private final boolean again;

  /** Who is handing it to the client library now: what fails meanwhile was not sent. */
  private volatile @Nullable Thread sender;

  @SuppressWarnings("unused") // by ENDED
  private volatile int ended;

  private ScriptCommand(
      ServerConnection connection, Request request, boolean whole, boolean again, byte[] run) {
    super(
        whole ? CommandType.EVAL : CommandType.EVALSHA,
        new ScriptOutput(),
        request.args(whole ? request.script().source() : request.script().sha(), run));
    this.connection = connection;
    this.request = request;
    this.whole = whole;
    this.again = again;
  }

  /** By name: the server knows the script, as a rule. */
  static ScriptCommand byName(ServerConnection connection, Request request) {
    return new ScriptCommand(connection, request, false, false, connection.run());
  }

  /** By name once more, behind another request with the whole text. */
  static ScriptCommand again(ServerConnection connection, Request request) {
    return new ScriptCommand(connection, request, false, true, connection.run());
  }

  /** With its whole text, which the server keeps. */
  static ScriptCommand whole(ServerConnection connection, Request request) {
    return new ScriptCommand(connection, request, true, false, connection.run());
  }

  Request request() {
    return request;
  }

  /** Whether nobody waits for it who would notice a moment. */
  boolean maySetOutLater() {
    return request.maySetOutLater();
  }

  /** Whether it was sent behind another request with the whole text. */
  boolean isAgain() {
    return again;
  }

  boolean isWhole() {
    return whole;
  }

  /** The client library is about to be given it by this thread. */
  void sending() {
    sender = Thread.currentThread();
  }

  /** The client library has it. */
  void sent() {
    sender = null;
  }

  /** Whether it fails at this moment because the client library refuses it. */
  boolean isRefused() {
    return sender == Thread.currentThread();
  }

  @Override
  public void complete() {
    super.complete();
    if (ENDED.compareAndSet(this, 0, 1)) {
      connection.answered(this);
    }
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    boolean first = super.completeExceptionally(failure);
    if (ENDED.compareAndSet(this, 0, 1)) {
      connection.unanswered(this, failure);
    }
    return first;
  }

  @Override
  public void cancel() {
    super.cancel();
    if (ENDED.compareAndSet(this, 0, 1)) {
      connection.unanswered(this, null);
    }
  }
}
