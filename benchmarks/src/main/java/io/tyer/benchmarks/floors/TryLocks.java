package io.tyer.benchmarks.floors;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Mutex;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.server.Places;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Floor: the operating system's lock on an open file. Nobody waits. */
final class TryLocks implements Subject {

  private final Address address;

  TryLocks(Address address) {
    this.address = address;
  }

  private record ChannelMutex(FileChannel channel) implements Mutex {

    @Override
    public Held acquire() throws IOException {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new IOException("somebody else has the lock");
      }
      return lock::release;
    }
  }

  private static final class ChannelClient implements Client {

    private final Path directory;
    private final List<FileChannel> channels = new CopyOnWriteArrayList<>();

    ChannelClient(Path directory) {
      this.directory = directory;
    }

    @Override
    public Mutex mutex(String name) throws IOException {
      FileChannel channel =
          FileChannel.open(
              directory.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      channels.add(channel);
      return new ChannelMutex(channel);
    }

    @Override
    public void close() throws IOException {
      for (FileChannel channel : channels) {
        channel.close();
      }
    }
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
    return new ChannelClient(Files.createDirectories(Places.directory(address)));
  }
}
