package io.tyer.store.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandArgs;
import io.tyer.spi.StoreException;
import java.util.List;

/** A script to be run for somebody, wherever it will be sent to. */
abstract class Request {

  /** Stands for the run id of the server process that the request is sent to. */
  static final byte[] RUN = new byte[0];

  private final Script script;
  private final List<byte[]> keys;
  private final List<byte[]> values;
  private int redirections;

  Request(Script script, List<byte[]> keys, List<byte[]> values) {
    this.script = script;
    this.keys = keys;
    this.values = values;
  }

  /** The same script, for somebody else. */
  Request(Request other) {
    this(other.script, other.keys, other.values);
  }

  /** Whether nobody can tell how often it was done: it reads, or removes what is dead. */
  final boolean isHarmless() {
    return switch (script) {
      case READ, RIGHTS, SWEEP, CHECK, BURY, DROP -> true;
      case OPEN, BEAT, ENTER, LEAVE, WEAKEN, END, REVOKE -> false;
    };
  }

  /** Whether it may be held back for a moment, to go out together with the next one. */
  boolean maySetOutLater() {
    return false;
  }

  final Script script() {
    return script;
  }

  /** Exactly one of this and {@link #failed}, once, on any thread. */
  abstract void answered(Object answer);

  abstract void failed(StoreException failure);

  /** Whether it may be sent to yet another server; counted. */
  final boolean mayGoOn(int most) {
    return ++redirections <= most;
  }

  /** It had its effect, but too few replicas have it; whatever it took is to be given back. */
  void unacknowledged(StoreException failure) {
    failed(failure);
  }

  @SuppressWarnings("ReferenceEquality") // a mark, not a value
  final CommandArgs<byte[], byte[]> args(byte[] scriptOrSha, byte[] run) {
    CommandArgs<byte[], byte[]> args = new CommandArgs<>(ByteArrayCodec.INSTANCE);
    args.add(scriptOrSha).add(keys.size());
    for (byte[] key : keys) {
      args.addKey(key);
    }
    if (script == Script.ENTER) {
      EnterValues.putRun(values.get(0), run);
    }
    for (byte[] value : values) {
      args.add(value == RUN ? run : value);
    }
    return args;
  }
}
