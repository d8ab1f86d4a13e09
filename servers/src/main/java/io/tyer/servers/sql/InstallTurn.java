package io.tyer.servers.sql;

import io.tyer.servers.process.Place;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One installation of MariaDB at a time, whatever process it is in: each begins by deleting the
 * temporary tables of all others.
 */
final class InstallTurn implements AutoCloseable {

  private static final ReentrantLock LOCK = new ReentrantLock();

  private final FileChannel channel;

  private InstallTurn(FileChannel channel) {
    this.channel = channel;
  }

  /** Waits for the others. */
  @SuppressWarnings("LockNotBeforeTry") // it is held until this is closed
  static InstallTurn take() throws IOException {
    LOCK.lock();
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              Place.directory("mariadb").resolve("install.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      FileLock unused = channel.lock();
      return new InstallTurn(channel);
    } catch (IOException | RuntimeException e) {
      if (channel != null) {
        channel.close();
      }
      LOCK.unlock();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      LOCK.unlock();
    }
  }
}
