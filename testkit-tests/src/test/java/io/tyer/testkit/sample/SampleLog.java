package io.tyer.testkit.sample;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The changes of all records in a file, each as its length, checksum and bytes.
 *
 * <p>What was appended survives a SIGKILL, since it is in the operating system's cache then, and
 * does not survive a loss of power, since nothing is forced to the disk: enough for tests that kill
 * processes. The file only grows: enough for tests that end.
 */
final class SampleLog {

  private static final int HEAD = 2 * Integer.BYTES;

  private final FileChannel file;

  private SampleLog(FileChannel file) {
    this.file = file;
  }

  /** Opens a log to append behind what {@link #replay} finds in it; cuts off what is torn. */
  static SampleLog open(Path path) throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    file.truncate(wholeLength(path));
    file.position(file.size());
    return new SampleLog(file);
  }

  /**
   * Returns once the entry will survive the end of this process. Where that fails the process ends:
   * what came behind half an entry would not be found again.
   */
  void append(Entry entry) {
    try {
      byte[] bytes = Wire.bytes(entry::putTo);
      ByteBuffer out = ByteBuffer.allocate(HEAD + bytes.length);
      out.putInt(bytes.length).putInt(checksum(bytes)).put(bytes).flip();
      while (out.hasRemaining()) {
        file.write(out);
      }
    } catch (IOException e) {
      System.err.println("the log cannot be written: " + e);
      Runtime.getRuntime().halt(1);
    }
  }

  /** All entries up to the first that a crash has cut off. */
  static List<Entry> replay(Path path) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (byte[] bytes : whole(path)) {
      entries.add(Entry.get(new DataInputStream(new ByteArrayInputStream(bytes))));
    }
    return entries;
  }

  private static long wholeLength(Path path) throws IOException {
    return whole(path).stream().mapToLong(bytes -> HEAD + bytes.length).sum();
  }

  private static List<byte[]> whole(Path path) throws IOException {
    List<byte[]> found = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(Files.exists(path) ? Files.readAllBytes(path) : new byte[0]);
    while (in.remaining() >= HEAD) {
      int length = in.getInt();
      int checksum = in.getInt();
      if (length < 0 || length > in.remaining()) {
        break;
      }
      byte[] bytes = new byte[length];
      in.get(bytes);
      if (checksum(bytes) != checksum) {
        break;
      }
      found.add(bytes);
    }
    return found;
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
