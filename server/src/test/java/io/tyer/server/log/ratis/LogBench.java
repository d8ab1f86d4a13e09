package io.tyer.server.log.ratis;

import io.tyer.server.log.ReplicatedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What an append costs, with one member and with three in this JVM, and how long a group is without
 * a leader. Run by hand; a directory on the disk in question may be given.
 */
final class LogBench {

  private LogBench() {}

  public static void main(String[] args) throws Exception {
    Path root = Files.createTempDirectory(Path.of(args.length > 0 ? args[0] : "/tmp"), "logbench");
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    long t = System.nanoTime();
    try (Trio one = new Trio(root.resolve("one"), "a").start()) {
      one.leader();
      say("one member: start to lead %d ms", since(t));
      sequence(one, seconds);
      t = System.nanoTime();
    }
    say("close %d ms", since(t));
    t = System.nanoTime();
    try (Trio three = new Trio(root.resolve("three"), "a", "b", "c").start()) {
      three.leader();
      say("three members: start to lead %d ms", since(t));
      sequence(three, seconds);
      for (int i = 0; i < 5; i++) {
        String leader = three.leader();
        ReplicatedLog log = three.log(leader);
        three.logs.remove(leader);
        t = System.nanoTime();
        log.close();
        long closed = since(t);
        three.append("x");
        say("leader closed in %d ms, next append after %d ms", closed, since(t));
        three.start(three.info(leader), three.initial);
        Trio.await("catch up", () -> equal(three));
      }
      t = System.nanoTime();
    }
    say("close %d ms", since(t));
  }

  private static boolean equal(Trio trio) {
    return trio.words.values().stream().map(Words::words).map(List::size).distinct().count() == 1;
  }

  private static void sequence(Trio trio, int seconds) throws Exception {
    String leader = trio.leader();
    ReplicatedLog log = trio.log(leader);
    long term = trio.wordsOf(leader).term();
    byte[] entry = new byte[100];
    Arrays.fill(entry, (byte) ' ');
    for (int round = 0; round < 3; round++) {
      long[] took = new long[1_000_000];
      int n = 0;
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
      while (System.nanoTime() < end && n < took.length) {
        long t = System.nanoTime();
        log.append(term, entry).get();
        took[n++] = System.nanoTime() - t;
      }
      long[] sorted = Arrays.copyOf(took, n);
      Arrays.sort(sorted);
      say(
          "sequence: %d/s, p50 %d us, p90 %d us, p99 %d us",
          n / seconds,
          sorted[n / 2] / 1000,
          sorted[n * 9 / 10] / 1000,
          sorted[n * 99 / 100] / 1000);
    }
  }

  private static long since(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }

  private static void say(String format, Object... args) {
    System.out.printf(format + "%n", args);
  }
}
