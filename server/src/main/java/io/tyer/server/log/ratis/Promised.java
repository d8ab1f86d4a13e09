package io.tyer.server.log.ratis;

import io.tyer.server.log.MemberConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32C;
import org.apache.ratis.server.protocol.TermIndex;
import org.jspecify.annotations.Nullable;

/**
 * How far this member has answered by its log, in a small file beside it: a log that ends before
 * was cut. It is written with each entry and forced to the disk now and then, so after a loss of
 * power it may say less than was answered, and never more. Two places are written in turn, so that
 * one of them is whole.
 *
 * <pre>
 * place   magic (8) | term (8) | index (8) | number (8) | CRC32C of these (8)
 * </pre>
 */
final class Promised implements AutoCloseable {

  static final String FILE = "tyer-promised";

  private static final long MAGIC = 0x5459_4552_5052_4D31L;
  private static final int PLACE = 5 * Long.BYTES;

  /** Apart, so that no write of the disk touches both. */
  private static final int APART = 4_096;

  private static final int FORCE_EVERY = 256;

  private final FileChannel file;
  private final ByteBuffer buffer = ByteBuffer.allocate(PLACE);
  private final ReentrantLock lock = new ReentrantLock();

  /** As it is written. */
  private @Nullable Mark last;

  /** As it is applied. */
  private @Nullable Mark newest;

  private boolean begun;
  private boolean second;
  private int unforced;

  /**
   * What was applied and answered.
   *
   * @param number as {@link io.tyer.server.log.LogMachine#lastNumber}
   */
  record Mark(TermIndex at, long number) {}

  /** Opens the file, or makes it. */
  Promised(MemberConfig config) throws IOException {
    Path path = config.directory().resolve(FILE);
    file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (file.size() < APART + PLACE) {
        // With room for both, so that a full disk does not keep a mark from being written.
        file.write(ByteBuffer.allocate(APART + PLACE), 0);
        file.force(true);
      }
      Mark one = read(0);
      Mark two = read(APART);
      second = two == null || (one != null && one.at().compareTo(two.at()) > 0);
      last = second ? one : two;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** What was written last; null where nothing was. */
  @Nullable Mark last() {
    lock.lock();
    try {
      return last;
    } finally {
      lock.unlock();
    }
  }

  /** Called before anybody is answered by this entry; written once {@link #begin} was called. */
  void keep(TermIndex at, long number) throws IOException {
    lock.lock();
    try {
      newest = new Mark(at, number);
      if (begun && (last == null || at.getIndex() > last.at().getIndex())) {
        write(at, number);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Writes from now on: the log is what it should be.
   *
   * @param accepted it is not, and its end is where it ends; what is known of numbers stays
   */
  void begin(boolean accepted) throws IOException {
    lock.lock();
    try {
      begun = true;
      Mark now = newest == null ? new Mark(TermIndex.INITIAL_VALUE, 0) : newest;
      if (accepted) {
        // Both places: the larger one counts.
        write(now.at(), now.number());
        write(now.at(), now.number());
      } else if (newest != null) {
        keep(now.at(), now.number());
      }
      file.force(false);
    } finally {
      lock.unlock();
    }
  }

  private void write(TermIndex at, long number) throws IOException {
    Mark before = last;
    long most = before == null ? number : Math.max(before.number(), number);
    write(second ? APART : 0, at, most);
    second = !second;
    last = new Mark(at, most);
    if (++unforced >= FORCE_EVERY) {
      unforced = 0;
      file.force(false);
    }
  }

  private void write(long place, TermIndex at, long number) throws IOException {
    buffer.clear();
    buffer.putLong(MAGIC).putLong(at.getTerm()).putLong(at.getIndex()).putLong(number);
    buffer.putLong(sum()).flip();
    for (long to = place; buffer.hasRemaining(); ) {
      to += file.write(buffer, to);
    }
  }

  private @Nullable Mark read(long place) throws IOException {
    buffer.clear();
    while (buffer.hasRemaining() && file.read(buffer, place + buffer.position()) >= 0) {
      // What is shorter has no right sum.
    }
    buffer.position(PLACE - Long.BYTES);
    if (buffer.getLong(0) != MAGIC || buffer.getLong(PLACE - Long.BYTES) != sum()) {
      return null;
    }
    TermIndex at = TermIndex.valueOf(buffer.getLong(8), buffer.getLong(16));
    return new Mark(at, buffer.getLong(24));
  }

  private long sum() {
    CRC32C sum = new CRC32C();
    sum.update(buffer.array(), 0, PLACE - Long.BYTES);
    return sum.getValue();
  }

  @Override
  public void close() throws IOException {
    try (file) {
      file.force(false);
    }
  }
}
