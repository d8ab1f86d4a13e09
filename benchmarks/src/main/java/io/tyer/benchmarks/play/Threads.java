package io.tyer.benchmarks.play;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/** Where threads come from. */
public final class Threads {

  private Threads() {}

  /** Threads of the system, which do not keep the JVM alive. */
  public static ThreadFactory ofTheSystem() {
    return task -> {
      Thread thread = new Thread(task);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Virtual threads, by reflection: the sources are for a JDK that has none. */
  public static Optional<ThreadFactory> virtual() {
    try {
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      Method factory = Class.forName("java.lang.Thread$Builder").getMethod("factory");
      return Optional.of((ThreadFactory) factory.invoke(builder));
    } catch (ReflectiveOperationException | UnsupportedOperationException e) {
      if (e instanceof InvocationTargetException thrown
          && thrown.getCause() instanceof Error error) {
        throw error;
      }
      return Optional.empty();
    }
  }
}
