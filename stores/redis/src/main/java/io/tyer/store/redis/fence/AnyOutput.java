package io.tyer.store.redis.fence;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whatever is answered: an integer as a {@link Long}, a text as a {@code byte[]}, nothing as null,
 * or a list of these and of lists.
 */
class AnyOutput extends CommandOutput<byte[], byte[], Object> {

  /** The lists that are not complete, the innermost first; in the end, what holds the answer. */
  private final Deque<List<@Nullable Object>> open = new ArrayDeque<>();

  private final List<@Nullable Object> whole = new ArrayList<>();

  @SuppressWarnings("NullAway") // nothing is answered yet
  AnyOutput() {
    super(ByteArrayCodec.INSTANCE, null);
    open.push(whole);
  }

  @Override
  @SuppressWarnings("NullAway") // the library's future takes null for an answer
  public Object get() {
    return whole.isEmpty() ? null : whole.get(0);
  }

  @Override
  public final void set(long integer) {
    add(integer);
  }

  @Override
  public final void set(double number) {
    add(number);
  }

  @Override
  public final void set(boolean truth) {
    add(truth);
  }

  @Override
  public final void set(@Nullable ByteBuffer bytes) {
    add(bytes == null ? null : ByteArrayCodec.INSTANCE.decodeValue(bytes));
  }

  @Override
  public final void setSingle(ByteBuffer bytes) {
    set(bytes);
  }

  @Override
  public final void multi(int count) {
    if (count < 0) {
      add(null);
      return;
    }
    List<@Nullable Object> list = new ArrayList<>(count);
    add(list);
    open.push(list);
  }

  @Override
  public final void complete(int depth) {
    while (open.size() - 1 > depth) {
      open.pop();
    }
  }

  private void add(@Nullable Object element) {
    open.element().add(element);
  }
}
