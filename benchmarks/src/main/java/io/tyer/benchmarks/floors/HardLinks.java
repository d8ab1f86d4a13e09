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
import java.util.Set;

/** Floor: a name that is linked and removed again. Nobody waits. */
final class HardLinks implements Subject {

  private final Address address;

  HardLinks(Address address) {
    this.address = address;
  }

  private record LinkMutex(Path link, Path linked) implements Mutex, Mutex.Held {

    @Override
    public Held acquire() throws IOException {
      Files.createLink(link, linked);
      return this;
    }

    @Override
    public void release() throws IOException {
      Files.delete(link);
    }
  }

  private record LinkClient(Path directory) implements Client {

    @Override
    public Mutex mutex(String name) throws IOException {
      Path linked = directory.resolve(name + ".linked");
      try {
        Files.createFile(linked);
      } catch (FileAlreadyExistsException e) {
        throw new IOException("a name is one thread's own here", e);
      }
      return new LinkMutex(directory.resolve(name), linked);
    }

    @Override
    public void close() {}
  }

  @Override
  public Set<Ability> abilities() {
    return Set.of(Ability.PAIRS);
  }

  @Override
  public boolean spansProcesses() {
    return true;
  }

  @Override
  public Client open() throws IOException {
    return new LinkClient(Files.createDirectories(Places.directory(address)));
  }
}
