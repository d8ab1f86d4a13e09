package io.tyer.benchmarks.floors;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Mutex;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.server.Places;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.StreamSupport;

/** Floor: a lock file, and waiters that the file system wakes when it is removed. */
final class WatchedFiles implements Subject {

  private final Address address;

  WatchedFiles(Address address) {
    this.address = address;
  }

  /** Who waits says so by a file in a directory that nobody watches. */
  private record WatchedMutex(Path file, Path waiting, WatchService deletions)
      implements Mutex, Mutex.Held {

    @Override
    public Held acquire() throws IOException, InterruptedException {
      if (made()) {
        return this;
      }
      Files.createFile(waiting);
      // What was deleted since the first look is an event already, or seen by the second look.
      while (!made()) {
        WatchKey key = deletions.take();
        key.pollEvents();
        if (!key.reset()) {
          throw new IOException("the directory is gone");
        }
      }
      Files.delete(waiting);
      return this;
    }

    private boolean made() throws IOException {
      try {
        Files.createFile(file);
        return true;
      } catch (FileAlreadyExistsException e) {
        return false;
      }
    }

    @Override
    public void release() throws IOException {
      Files.delete(file);
    }
  }

  private record WatchedClient(Path locks, Path waiters, List<WatchService> services)
      implements Client {

    @Override
    public Mutex mutex(String name) throws IOException {
      WatchService service = locks.getFileSystem().newWatchService();
      services.add(service);
      WatchKey unused = locks.register(service, StandardWatchEventKinds.ENTRY_DELETE);
      return new WatchedMutex(locks.resolve(name), shownAs(waiters, name), service);
    }

    @Override
    public int waiting(String name) throws IOException {
      try (var shown = Files.newDirectoryStream(waiters, name + ".*")) {
        return (int) StreamSupport.stream(shown.spliterator(), false).count();
      }
    }

    @Override
    public void close() throws IOException {
      for (WatchService service : services) {
        service.close();
      }
    }
  }

  /** Who was granted is still shown for a moment, while the next one may already wait. */
  private static Path shownAs(Path waiters, String name) {
    return waiters.resolve(name + "." + UUID.randomUUID());
  }

  @Override
  public Set<Ability> abilities() {
    return Set.of(Ability.WAITS, Ability.SHOWS_WAITERS);
  }

  @Override
  public boolean spansProcesses() {
    return true;
  }

  @Override
  public Client open() throws IOException {
    Path directory = Places.directory(address);
    return new WatchedClient(
        Files.createDirectories(directory.resolve("locks")),
        Files.createDirectories(directory.resolve("waiters")),
        new CopyOnWriteArrayList<>());
  }
}
