package io.tyer.benchmarks.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What processes use, as Linux tells it. */
public final class ProcessTimes {

  /** Of the unit in which it tells; the same wherever Java runs. */
  private static final double NANOS_PER_TICK = 1e9 / 100;

  private static final Pattern SPACE = Pattern.compile(" ");

  /** Which fields behind the name: user and system time, then those of children that have ended. */
  private static final int OWN = 11;

  private static final int ENDED_CHILDREN = 13;

  private ProcessTimes() {}

  /**
   * The CPU time of a process and of its children, even those that have ended; 0 where the system
   * does not tell.
   */
  public static double nanos(long pid) {
    double ticks = ticks(pid, OWN) + ticks(pid, ENDED_CHILDREN);
    List<ProcessHandle> children =
        ProcessHandle.of(pid).map(process -> process.children().toList()).orElse(List.of());
    for (ProcessHandle child : children) {
      ticks += ticks(child.pid(), OWN);
    }
    return ticks * NANOS_PER_TICK;
  }

  /** The sum of two fields. */
  private static double ticks(long pid, int first) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      List<String> fields = SPACE.splitAsStream(stat.substring(stat.lastIndexOf(')') + 2)).toList();
      return Double.parseDouble(fields.get(first)) + Double.parseDouble(fields.get(first + 1));
    } catch (IOException unused) {
      // It has ended meanwhile, or the system is another one.
      return 0;
    }
  }
}
