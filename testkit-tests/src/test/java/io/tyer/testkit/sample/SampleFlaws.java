package io.tyer.testkit.sample;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What is wrong with a server, on purpose: a test kit that finds nothing wrong with such a server
 * would find nothing wrong with any.
 *
 * @param clockRate how fast its clock runs; 1 is right
 * @param appendsLateMillis how long after it has acknowledged a change it is in the log; 0: before,
 *     as it must be
 */
public record SampleFlaws(double clockRate, long appendsLateMillis) {

  /** Nothing is wrong. */
  public static final SampleFlaws NONE = new SampleFlaws(1, 0);

  /** Reads what {@link #arguments} has written. */
  static SampleFlaws parse(List<String> arguments) {
    return arguments.isEmpty()
        ? NONE
        : new SampleFlaws(Double.parseDouble(arguments.get(0)), Long.parseLong(arguments.get(1)));
  }

  List<String> arguments() {
    return List.of(Double.toString(clockRate), Long.toString(appendsLateMillis));
  }

  LongSupplier clockMillis() {
    long start = System.currentTimeMillis();
    return () -> start + (long) ((System.currentTimeMillis() - start) * clockRate);
  }

  Consumer<Entry> appendingTo(SampleLog log) {
    if (appendsLateMillis == 0) {
      return log::append;
    }
    BlockingQueue<Late> waiting = new LinkedBlockingQueue<>();
    Thread late = new Thread(() -> append(waiting, log), "append-late");
    late.setDaemon(true);
    late.start();
    long delay = TimeUnit.MILLISECONDS.toNanos(appendsLateMillis);
    return entry -> waiting.add(new Late(entry, System.nanoTime() + delay));
  }

  /** Until the process is killed. */
  private static void append(BlockingQueue<Late> waiting, SampleLog log) {
    try {
      while (true) {
        Late next = waiting.take();
        TimeUnit.NANOSECONDS.sleep(next.dueNanos() - System.nanoTime());
        log.append(next.entry());
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Late(Entry entry, long dueNanos) {}
}
