package io.tyer.fence;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hears of a file by a watch of its directory. A file system of another machine tells nothing of
 * what is done there, so that it is looked at once in a second at the latest.
 */
final class FileChanges implements Changes {

  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Path name;
  private final WatchService watch;

  private FileChanges(Path name, WatchService watch) {
    this.name = name;
    this.watch = watch;
  }

  /**
   * Of this file, by its real name.
   *
   * @throws IOException if its directory cannot be watched
   */
  static FileChanges of(Path file) throws IOException {
    Path directory = file.resolveSibling("");
    WatchService watch = directory.getFileSystem().newWatchService();
    try {
      directory.register(
          watch,
          StandardWatchEventKinds.ENTRY_CREATE,
          StandardWatchEventKinds.ENTRY_DELETE,
          StandardWatchEventKinds.ENTRY_MODIFY);
    } catch (IOException | RuntimeException e) {
      watch.close();
      throw e;
    }
    return new FileChanges(file.getFileName(), watch);
  }

  @Override
  public void await(Duration atMost) throws InterruptedException {
    double share = 1 - ThreadLocalRandom.current().nextDouble() / 2;
    long nanos = Math.min(atMost.toNanos(), (long) (LOOK_NANOS * share));
    long start = System.nanoTime();
    while (true) {
      WatchKey key;
      try {
        key = watch.poll(nanos - (System.nanoTime() - start), TimeUnit.NANOSECONDS);
      } catch (ClosedWatchServiceException e) {
        throw new IllegalStateException("closed", e);
      }
      if (key == null || isOfTheFile(key)) {
        return;
      }
    }
  }

  /** Also if nobody can tell, since events were lost. */
  private boolean isOfTheFile(WatchKey key) {
    boolean found = false;
    for (WatchEvent<?> event : key.pollEvents()) {
      @Nullable Object context = event.context();
      found |= context == null || context.equals(name);
    }
    key.reset();
    return found;
  }

  @Override
  public void close() {
    try {
      watch.close();
    } catch (IOException e) {
      // Nobody waits for it any more.
    }
  }
}
