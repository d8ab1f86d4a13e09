package io.tyer.server.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.AbstractList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** An error, and whether the program was told of it. */
public final class MemoryIsUsedUp implements AutoCloseable {

  private final OutOfMemoryError error = new OutOfMemoryError("as the test says");
  private final Queue<Throwable> heard = new ConcurrentLinkedQueue<>();
  private final Thread.@Nullable UncaughtExceptionHandler before =
      Thread.getDefaultUncaughtExceptionHandler();

  public MemoryIsUsedUp() {
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> heard.add(thrown));
  }

  public OutOfMemoryError error() {
    return error;
  }

  /** Cannot be read for want of memory. */
  public <T> List<T> list() {
    return new AbstractList<>() {
      @Override
      public T get(int index) {
        throw error;
      }

      @Override
      public int size() {
        throw error;
      }
    };
  }

  public void isTold() {
    assertThat(heard).contains(error);
  }

  @Override
  public void close() {
    Thread.setDefaultUncaughtExceptionHandler(before);
  }
}
