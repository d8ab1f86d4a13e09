package io.tyer.example.cache;

import io.tyer.Tyer;
import io.tyer.example.cache.SharedValue.Source;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
import java.util.concurrent.locks.LockSupport;

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
  static final int KILLED = 137;

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration BETWEEN_READS = Duration.ofMillis(10);
  private static final int READERS = 4;

  private final BufferedReader in;
  private final PrintStream out;
  private final Map<Source, AtomicLong> got = new ConcurrentSkipListMap<>();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch told = new CountDownLatch(1);
  private final AtomicLong computed = new AtomicLong();

  private ReaderProcess(BufferedReader in, PrintStream out) {
    this.in = in;
    this.out = out;
  }

  /** Reads until its input ends. */
  public static void main(String[] args) throws IOException, InterruptedException {
    new ReaderProcess(
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
            new PrintStream(System.out, true, StandardCharsets.UTF_8))
        .run();
  }

  private void run() throws IOException, InterruptedException {
    try (Tyer tyer = Tyer.builder(in.readLine()).ttl(Duration.ofSeconds(1)).open()) {
      ValueFile file = new ValueFile(Path.of(in.readLine()));
      String first = in.readLine();
      List<Thread> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        readers.add(new Thread(new Reader(tyer, file, first)::run, "reader-" + i));
      }
      readers.forEach(Thread::start);
      while (in.readLine() != null) {
        told.countDown();
      }
      stop.countDown();
      for (Thread reader : readers) {
        reader.join();
      }
      out.println("got " + got);
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
            out.println("late");
          }
        }
      } catch (IOException | InterruptedException | TimeoutException | RuntimeException e) {
        out.println("failed " + e);
      }
    }

    private String compute() throws InterruptedException {
      long number = computed.incrementAndGet();
      // Counted from the machine's start, so that lines of several processes can be compared.
      out.println("begin " + askedNanos + " " + System.nanoTime());
      if (number == 1 && first.equals("die")) {
        Runtime.getRuntime().halt(KILLED); // as kill -9: nothing is closed, nothing said
      }
      if (number == 1 && first.equals("wait")) {
        told.await();
      }
      long until = System.nanoTime() + COMPUTING.toNanos();
      for (long left = COMPUTING.toNanos(); left > 0; left = until - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      out.println("end " + System.nanoTime());
      return "the value " + number;
    }
  }

  /** Starts one. */
  static Process start(String store, Path file, String first) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx96m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                    "-cp",
                    System.getProperty("java.class.path"),
                    ReaderProcess.class.getName()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    tell(process, String.join("\n", store, file.toString(), first));
    return process;
  }

  static void tell(Process process, String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }
}
