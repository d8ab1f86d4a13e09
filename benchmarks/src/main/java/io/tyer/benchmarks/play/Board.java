package io.tyer.benchmarks.play;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Words that the processes of one run share through a mapped file, a cache line each: what the
 * players tell each other, and who is in the critical section. It knows nothing of locks, so that
 * it can accuse them.
 */
public final class Board {

  /** What a word is for. */
  public enum Word {
    /** How many have arrived at the meeting points, in all. */
    ARRIVED(0),
    PHASE(1),
    /** For how long was measured, in nanoseconds. */
    MEASURED(2),
    /** Who is in the critical section; 0 for nobody. */
    INSIDE(3),
    VIOLATIONS(4),
    /** The largest token that was seen. */
    TOKEN(5),
    TURN(6),
    STAMP(7),
    DONE(8),
    /** Set by a player that gives up. */
    FAILED(9),
    /** What the players' processes have spent while it was measured, in nanoseconds. */
    CLIENT_CPU(10),
    /** What their server has; 0 if there is none. */
    SERVER_CPU(11),
    /** Who says that it is about to wait. */
    ASKING(12),
    /** How many updates took effect, warming up and afterwards, too. */
    WRITTEN(13),
    /** How many of those that were measured were given up. */
    GIVEN_UP(14),
    /** How often those that were measured computed. */
    COMPUTED(15);

    private final int offset;

    Word(int line) {
      this.offset = line * LINE;
    }
  }

  private static final int LINE = 64;
  private static final int WORDS = 16;
  private static final int MOST_THREADS = 1_024;
  private static final int TALLIES = (WORDS + MOST_THREADS) * LINE;
  private static final int BYTES = TALLIES + Latencies.BUCKETS * Long.BYTES;
  private static final long PAUSE_NANOS = 50_000;
  private static final long CALM_PAUSE_NANOS = 1_000_000;
  private static final VarHandle LONGS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final MappedByteBuffer words;

  private Board(MappedByteBuffer words) {
    this.words = words;
  }

  /** Maps the file; one that is new or empty holds zeros. */
  public static Board at(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new Board(channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES));
    }
  }

  public long get(Word word) {
    return (long) LONGS.getVolatile(words, word.offset);
  }

  public void set(Word word, long value) {
    LONGS.setVolatile(words, word.offset, value);
  }

  public long getAndSet(Word word, long value) {
    return (long) LONGS.getAndSet(words, word.offset, value);
  }

  public boolean compareAndSet(Word word, long expected, long value) {
    return LONGS.compareAndSet(words, word.offset, expected, value);
  }

  public void add(Word word, long more) {
    long unused = (long) LONGS.getAndAdd(words, word.offset, more);
  }

  /** How often a thread has done it, for all to read. */
  public void report(int thread, long count) {
    LONGS.setVolatile(words, offset(thread), count);
  }

  public long count(int thread) {
    return (long) LONGS.getVolatile(words, offset(thread));
  }

  /** So many more of what this bucket counts. */
  void tally(int bucket, long more) {
    long unused = (long) LONGS.getAndAdd(words, TALLIES + bucket * Long.BYTES, more);
  }

  long tallied(int bucket) {
    return (long) LONGS.getVolatile(words, TALLIES + bucket * Long.BYTES);
  }

  private static int offset(int thread) {
    return (WORDS + thread) * LINE;
  }

  /** Waits until so many players have come to this point; points are numbered from 1. */
  public void meet(int point, int players) {
    add(Word.ARRIVED, 1);
    await("all have arrived", () -> get(Word.ARRIVED) >= (long) point * players);
  }

  public void await(Word word, long value) {
    await(word + " is " + value, () -> get(word) == value);
  }

  /** Waits, looking now and then, for five minutes at most. */
  public void await(String what, BooleanSupplier condition) {
    await(what, condition, PAUSE_NANOS);
  }

  /** The same for what need not be seen at once, by somebody whose looking would be felt. */
  public void awaitCalmly(String what, BooleanSupplier condition) {
    await(what, condition, CALM_PAUSE_NANOS);
  }

  private void await(String what, BooleanSupplier condition, long pauseNanos) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (get(Word.FAILED) != 0) {
        throw new IllegalStateException("another player has failed");
      }
      if (System.nanoTime() - start > TimeUnit.MINUTES.toNanos(5)) {
        throw new IllegalStateException("not in five minutes: " + what);
      }
      LockSupport.parkNanos(pauseNanos);
    }
  }
}
