package io.tyer.testkit.sim;

import java.util.ArrayDeque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What happened, in words: the last steps are kept to be read, all of them go into the hash. */
final class Trace {

  /** {@code -Dtyer.trace=100000} shows a whole history instead of its last steps. */
  private static final int KEPT = Integer.getInteger("tyer.trace", 300);

  private static final ThreadLocal<@Nullable Trace> LISTENING = new ThreadLocal<>();

  private record Line(long time, String who, String what) {}

  private final Events events;
  private final ArrayDeque<Line> last = new ArrayDeque<>();
  private long hash = 0xCBF29CE484222325L;

  Trace(Events events) {
    this.events = events;
  }

  /** What this thread logs becomes part of the trace, if the logging back end passes it on. */
  static void listenToLogs(@Nullable Trace trace) {
    if (trace == null) {
      LISTENING.remove();
    } else {
      LISTENING.set(trace);
    }
  }

  /** The trace of the simulation that this thread is running. */
  static @Nullable Trace listening() {
    return LISTENING.get();
  }

  void add(String who, String what) {
    mix(events.now());
    mix(who.hashCode());
    mix(what.hashCode());
    last.add(new Line(events.now(), who, what));
    if (last.size() > KEPT) {
      last.remove();
    }
  }

  private void mix(long value) {
    hash = (hash ^ value) * 0x100000001B3L;
    hash ^= hash >>> 29;
  }

  /** The same for the same history, and for no other. */
  long hash() {
    return hash;
  }

  /** The last steps, a line each: true time in milliseconds, who, what. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (Line line : last) {
      text.append(
          String.format(Locale.ROOT, "%12.3f ms  %-9s %s%n", line.time / 1e6, line.who, line.what));
    }
    return text.toString();
  }
}
