package io.tyer.testkit.sample;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What is wrong with a server, on purpose: a test kit that finds nothing wrong with such a server
 * would find nothing wrong with any.
 *
 * @param clockRate how fast its clock runs; 1 is right
 * @param appendsLateMillis how long after it has acknowledged a change it may be in the log; 0:
 *     before, as it must be
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
    ConcurrentLinkedQueue<Entry> waiting = new ConcurrentLinkedQueue<>();
    Runnable appendAll =
        () -> {
          for (Entry entry = waiting.poll(); entry != null; entry = waiting.poll()) {
            log.append(entry);
          }
        };
    Thread late =
        new Thread(
            () -> {
              while (true) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(appendsLateMillis));
                appendAll.run();
              }
            },
            "append-late");
    late.setDaemon(true);
    late.start();
    return waiting::add;
  }
}
