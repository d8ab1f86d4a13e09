package io.tyer.fence;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The only writer among all processes, until it is closed: holds a lock of the file system on a
 * file that nothing else is done with.
 *
 * <p>Such a lock is the process's, and on many systems it is gone as soon as the process closes
 * <em>any</em> descriptor of that file. So nobody reads it, and the threads of this process take
 * turns before one of them opens it.
 */
final class FileTurn implements AutoCloseable {

  private static final long LEAST_PAUSE_NANOS = 200_000;
  private static final long MOST_PAUSE_NANOS = 20_000_000;

  /** By the file's real path; only while somebody has or wants a turn. */
  private static final ConcurrentHashMap<Path, Threads> QUEUES = new ConcurrentHashMap<>();

  /** Threads of this process. The count is changed within the map only. */
  private static final class Threads {
    final Semaphore turn = new Semaphore(1);
    int users;
  }

  private final Path path;
  private final Threads threads;
  private final FileChannel channel;

  private FileTurn(Path path, Threads threads, FileChannel channel) {
    this.path = path;
    this.threads = threads;
    this.channel = channel;
  }

  /**
   * Waits until nobody else writes.
   *
   * @param path the file to lock, in a directory of which no part is a symbolic link
   * @throws IOException if that took too long, or the file cannot be locked
   */
  static FileTurn take(Path path, Duration patience) throws IOException, InterruptedException {
    long start = System.nanoTime();
    long nanos = nanos(patience);
    Threads threads =
        QUEUES.compute(
            path,
            (unused, known) -> {
              Threads found = known == null ? new Threads() : known;
              found.users++;
              return found;
            });
    boolean taken = false;
    try {
      if (!threads.turn.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
        throw tooBusy(path, patience);
      }
      try {
        FileTurn turn = new FileTurn(path, threads, locked(path, start, nanos, patience));
        taken = true;
        return turn;
      } finally {
        if (!taken) {
          threads.turn.release();
        }
      }
    } finally {
      if (!taken) {
        forget(path);
      }
    }
  }

  private static FileChannel locked(Path path, long start, long nanos, Duration patience)
      throws IOException, InterruptedException {
    FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    boolean locked = false;
    try {
      long pause = LEAST_PAUSE_NANOS;
      while (channel.tryLock() == null) {
        if (System.nanoTime() - start >= nanos) {
          throw tooBusy(path, patience);
        }
        LockSupport.parkNanos(path, ThreadLocalRandom.current().nextLong(pause / 2, pause));
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        pause = Math.min(2 * pause, MOST_PAUSE_NANOS);
      }
      locked = true;
      return channel;
    } catch (OverlappingFileLockException e) {
      throw new IOException(
          "something else in this process has locked "
              + path
              + ", which is for fenced files only; this module must be loaded once in a process",
          e);
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  private static void forget(Path path) {
    Threads unused =
        QUEUES.computeIfPresent(path, (any, threads) -> --threads.users == 0 ? null : threads);
  }

  private static long nanos(Duration patience) {
    try {
      return patience.toNanos();
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }

  private static IOException tooBusy(Path path, Duration patience) {
    return new IOException(
        "others kept " + path + " locked for " + patience + "; one of them may be paused");
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      threads.turn.release();
      forget(path);
    }
  }
}
