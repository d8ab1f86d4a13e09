package io.tyer.testkit.logs;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.event.Level;

/**
 * The warnings and errors that were logged while a test listened. Works where {@link RecordingLogs}
 * (or a provider that passes on to here) is SLF4J's provider.
 */
public final class RecordedLogs {

  private static final int MOST = 10_000;
  private static final CopyOnWriteArrayList<Logged> RECORDED = new CopyOnWriteArrayList<>();
  private static final AtomicBoolean LISTENING = new AtomicBoolean();

  private RecordedLogs() {}

  /** Begins to record, with nothing recorded yet. */
  public static void listen() {
    RECORDED.clear();
    LISTENING.set(true);
  }

  /** Ends recording, and answers what was recorded. */
  public static List<Logged> stop() {
    LISTENING.set(false);
    List<Logged> recorded = List.copyOf(RECORDED);
    RECORDED.clear();
    return recorded;
  }

  /** What has been recorded so far. */
  public static List<Logged> soFar() {
    return List.copyOf(RECORDED);
  }

  /** Whether a message of this level would be recorded now. */
  public static boolean listening(Level level) {
    return LISTENING.get() && level.toInt() >= Level.WARN.toInt();
  }

  /** For providers of SLF4J: records this if somebody listens. */
  public static void add(Logged logged) {
    if (listening(logged.level()) && RECORDED.size() < MOST) {
      RECORDED.add(logged);
    }
  }
}
