package io.tyer.store.redis.fence;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A command that reaches a server once at most. After a reconnect the client library sends again
 * what was not answered, and nobody knows whether the server has done it already: this one says
 * PING then, which keeps commands and answers in step, and its outcome is unknown. What a server
 * has refused, as nodes of a cluster do with what is another one's, may be sent again.
 */
final class OnceCommand extends Command<byte[], byte[], Object> {

  /** Where it is. */
  private enum State {
    HERE,
    SENT,
    /** Not to be sent any more; or it was sent, and is not answered. */
    GIVEN_UP
  }

  private final AtomicReference<State> state;

  OnceCommand(CommandType type, CommandArgs<byte[], byte[]> args) {
    this(type, args, new AtomicReference<>(State.HERE));
  }

  private OnceCommand(
      CommandType type, CommandArgs<byte[], byte[]> args, AtomicReference<State> state) {
    super(type, new Output(state), args);
    this.state = state;
  }

  /** Notices that the command was refused. */
  private static final class Output extends AnyOutput {

    private final AtomicReference<State> state;

    Output(AtomicReference<State> state) {
      this.state = state;
    }

    @Override
    public void setError(ByteBuffer error) {
      super.setError(error);
      state.compareAndSet(State.SENT, State.HERE);
    }
  }

  @Override
  public void encode(ByteBuf out) {
    if (state.compareAndSet(State.HERE, State.SENT)) {
      super.encode(out);
    } else {
      state.set(State.GIVEN_UP);
      new Command<>(CommandType.PING, new StatusOutput<>(ByteArrayCodec.INSTANCE)).encode(out);
    }
  }

  /** Whether an answer is one to this, and to nothing that was sent in its place. */
  boolean isAnswered() {
    return state.get() == State.SENT;
  }

  /** Whether a refusal is one of this, and of nothing that was sent in its place. */
  boolean isRefused() {
    return state.get() == State.HERE;
  }

  /** Nobody waits for it any more: from now on it is not sent. Whether it never was. */
  boolean giveUp() {
    return state.getAndSet(State.GIVEN_UP) == State.HERE;
  }
}
