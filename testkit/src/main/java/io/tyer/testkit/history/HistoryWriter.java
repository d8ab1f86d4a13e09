package io.tyer.testkit.history;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes a history to a file, one event per line. Each line has reached the operating system when
 * {@link #write} returns: it survives the end of this process. For any number of threads.
 */
public final class HistoryWriter implements AutoCloseable {

  private final ReentrantLock lock = new ReentrantLock();

  /** Not a channel: an interrupt of the writing thread would close it. */
  private final OutputStream out;

  /**
   * Begins a file.
   *
   * @param file does not exist: what comes after a torn line could not be read
   */
  public HistoryWriter(Path file) throws IOException {
    Files.createFile(file);
    this.out = new FileOutputStream(file.toFile(), true);
  }

  /**
   * Writes one event.
   *
   * @throws UncheckedIOException if it could not be written
   */
  public void write(Event event) {
    try {
      byte[] line = EventJson.write(event);
      lock.lock();
      try {
        out.write(line);
      } finally {
        lock.unlock();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      out.close();
    } finally {
      lock.unlock();
    }
  }
}
