package io.tyer.store.file;

import io.tyer.spi.Finding;
import io.tyer.spi.Surroundings;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;

/** Whether the system tells when a file in the directory changes: by that waiters are woken. */
final class WatchFinding {

  static final String FILE_NAME = "watched";

  private static final long PATIENCE_MILLIS = 1000;

  private static final String LATER =
      ": waiters look at the store every 500 ms at most instead, and are woken later";

  private WatchFinding() {}

  /** Tries it in a directory that nobody else uses. */
  static Finding of(Path directory, Surroundings surroundings) {
    try (WatchService service = FileSystems.getDefault().newWatchService()) {
      if (service.getClass().getSimpleName().startsWith("Polling")) {
        return Finding.warning(
            "watching", "this system does not tell of changed files" + LATER, "");
      }
      directory.register(
          service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      long begin = surroundings.nanoTime();
      Files.createFile(directory.resolve(FILE_NAME));
      if (service.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS) == null) {
        return Finding.warning("watching", "changed files are not told here" + LATER, "");
      }
      long micros = TimeUnit.NANOSECONDS.toMicros(surroundings.nanoTime() - begin);
      return Finding.ok(
          "watching",
          String.format("a changed file is told within %.1f ms", micros / 1000.0)
              + (MountCheck.isLocal(directory)
                  ? ""
                  : "; what other machines change is looked for every 500 ms at most"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Finding.warning("watching", "not tried: interrupted", "");
    } catch (IOException | UnsupportedOperationException e) {
      return Finding.warning(
          "watching",
          "changed files cannot be watched (" + e.getMessage() + ")" + LATER,
          "if there are too many watchers, raise fs.inotify.max_user_instances");
    }
  }
}
