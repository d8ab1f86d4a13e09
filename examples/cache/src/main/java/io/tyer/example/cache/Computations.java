package io.tyer.example.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** What the processes said: when which of them computed, and what their readers got. */
final class Computations {

  private static final long PATIENCE_SECONDS = 30;

  /** The value's file knows milliseconds. */
  private static final Duration CLOCK_STEP = Duration.ofMillis(2);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final List<Said> all = new ArrayList<>();

  /** A line of a process. */
  record Said(String by, String line) {

    boolean is(String what) {
      return line.startsWith(what);
    }

    /** When it was said. */
    long nanos() {
      return Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
    }

    /** Of a beginning: when the value was asked for. */
    long askedNanos() {
      return Long.parseLong(line.substring(line.indexOf(' ') + 1, line.lastIndexOf(' ')));
    }
  }

  void heard(String by, String line) {
    lock.lock();
    try {
      all.add(new Said(by, line));
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Everything so far. */
  List<Said> said() {
    lock.lock();
    try {
      return List.copyOf(all);
    } finally {
      lock.unlock();
    }
  }

  /** Returns when so many lines like that were said. */
  void await(int count, Predicate<Said> like) throws InterruptedException, TimeoutException {
    long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    lock.lockInterruptibly();
    try {
      while (all.stream().filter(like).count() < count) {
        if (left <= 0) {
          throw new TimeoutException("said was only: " + all);
        }
        left = more.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * How many of these processes' computations began before the value of the one before them had
   * expired. That one is as of some moment after it was asked for.
   */
  long tooEarly(List<String> by, Duration lifetime) {
    List<Said> begins =
        said().stream()
            .filter(said -> said.is("begin") && by.contains(said.by))
            .sorted(Comparator.comparingLong(Said::nanos))
            .toList();
    long least = lifetime.minus(CLOCK_STEP).toNanos();
    return IntStream.range(1, begins.size())
        .filter(i -> begins.get(i).nanos() - begins.get(i - 1).askedNanos() < least)
        .count();
  }
}
