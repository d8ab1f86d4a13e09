package io.tyer.store.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a script answers: an integer as a {@link Long}, a text as a {@code byte[]}, or a flat list
 * of these.
 */
final class ScriptOutput extends CommandOutput<byte[], byte[], Object> {

  private @Nullable List<Object> list;

  @SuppressWarnings("NullAway") // nothing is answered yet
  ScriptOutput() {
    super(ByteArrayCodec.INSTANCE, null);
  }

  @Override
  public void set(long integer) {
    add(integer);
  }

  @Override
  public void set(@Nullable ByteBuffer bytes) {
    if (bytes == null) {
      add(new byte[0]);
      return;
    }
    byte[] text = new byte[bytes.remaining()];
    bytes.get(text);
    add(text);
  }

  @Override
  public void setSingle(ByteBuffer bytes) {
    set(bytes);
  }

  @Override
  public void multi(int count) {
    if (list == null) {
      list = new ArrayList<>(Math.max(count, 0));
      output = list;
    }
  }

  private void add(Object element) {
    if (list == null) {
      output = element;
    } else {
      list.add(element);
    }
  }
}
