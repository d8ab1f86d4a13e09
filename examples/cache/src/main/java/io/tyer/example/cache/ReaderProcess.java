package io.tyer.example.cache;

import io.tyer.Tyer;
import io.tyer.example.cache.SharedValue.Source;
import io.tyer.example.frame.ChildProcess;
import io.tyer.example.frame.Delay;
import io.tyer.example.frame.Parent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A process with several readers of the value. On its standard input it is told the lock store, the
 * value's file, and what it does in the middle of its first computation: {@code go on}, {@code
 * die}, or {@code wait} for another line. It reads until that input ends. On its standard output it
 * says {@code begin} (and when the value was asked for) and {@code end} of each computation, and
 * what its readers got.
 */
public final class ReaderProcess {

  static final Duration LIFETIME = Duration.ofMillis(500);
  static final Duration COMPUTING = Duration.ofMillis(150);

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration BETWEEN_READS = Duration.ofMillis(10);
  private static final int READERS = 4;

  private final Parent parent = new Parent();
  private final Map<Source, AtomicLong> got = new ConcurrentSkipListMap<>();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch told = new CountDownLatch(1);
  private final AtomicLong computed = new AtomicLong();

  private ReaderProcess() {}

  /** Reads until its input ends. */
  public static void main(String[] args) throws InterruptedException {
    new ReaderProcess().run();
  }

  private void run() throws InterruptedException {
    try (Tyer tyer = Tyer.builder(parent.hear()).ttl(Duration.ofSeconds(1)).open()) {
      ValueFile file = new ValueFile(Path.of(parent.hear()));
      String first = parent.hear();
      List<Thread> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        readers.add(new Thread(new Reader(tyer, file, first)::run, "reader-" + i));
      }
      readers.forEach(Thread::start);
      while (parent.next().isPresent()) {
        told.countDown();
      }
      stop.countDown();
      for (Thread reader : readers) {
        reader.join();
      }
      parent.say("got " + got);
    }
  }

  /** One of its threads. */
  private final class Reader {
    private final SharedValue value;
    private final String first;
    private long askedNanos;

    Reader(Tyer tyer, ValueFile file, String first) {
      this.first = first;
      value =
          new SharedValue(
              tyer.lock("value"), file, LIFETIME, PATIENCE, InstantSource.system(), this::compute);
    }

    void run() {
      try {
        while (!stop.await(BETWEEN_READS.toMillis(), TimeUnit.MILLISECONDS)) {
          askedNanos = System.nanoTime();
          Source source = value.get().source();
          got.computeIfAbsent(source, unused -> new AtomicLong()).incrementAndGet();
          if (source == Source.TOO_LATE) {
            parent.say("late");
          }
        }
      } catch (IOException | InterruptedException | TimeoutException | RuntimeException e) {
        parent.say("failed " + e);
      }
    }

    private String compute() throws InterruptedException {
      long number = computed.incrementAndGet();
      // Counted from the machine's start, so that lines of several processes can be compared.
      parent.say("begin " + askedNanos + " " + System.nanoTime());
      if (number == 1 && first.equals("die")) {
        Parent.halt();
      }
      if (number == 1 && first.equals("wait")) {
        told.await();
      }
      Delay.spend(COMPUTING);
      parent.say("end " + System.nanoTime());
      return "the value " + number;
    }
  }

  /** Starts one. */
  static ChildProcess start(ChildProcess.Listener listener, String store, Path file, String first)
      throws IOException {
    return ChildProcess.start(listener, ReaderProcess.class, store, file.toString(), first);
  }
}
