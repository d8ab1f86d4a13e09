package io.tyer.store.file;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a version's file, big-endian:
 *
 * <pre>
 *  0  4  "TYER"
 *  4  2  format, 1
 *  6  2  flags: 1 = the record is removed
 *  8  8  number of the version
 * 16  8  nonce of the version
 * 24  8  nonce of the version before, 0 for the first
 * 32  4  n, how many nonces of earlier versions follow
 * 36  4  length of the content
 * 40  4  CRC32C of everything from offset 48 on
 * 44  4  CRC32C of the record's name (kind/id) and of the 44 bytes before
 * 48     n nonces of 8 bytes, the nearest first; then the content
 * </pre>
 *
 * <p>What comes after the content is not looked at: files are written over, see {@link Drafts}. The
 * header has a checksum of its own, so that a nonce can be compared without reading the rest.
 */
final class VersionFile {

  static final int FORMAT = 1;
  static final int MAX_CONTENT = 16 << 20;

  private static final int MAGIC = 0x54594552;
  private static final int HEADER = 48;
  private static final int HEADER_CHECKED = 44;
  private static final int FLAG_LAST = 1;
  private static final int PAGE = 4096;

  private VersionFile() {}

  static byte[] encode(Version version, String record) {
    int ancestors = version.ancestorCount();
    byte[] bytes = new byte[HEADER + 8 * ancestors + version.content().length];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).position(HEADER);
    for (int i = 0; i < ancestors; i++) {
      buffer.putLong(version.ancestor(i));
    }
    buffer.put(version.content()).position(0);
    buffer.putInt(MAGIC).putShort((short) FORMAT);
    buffer.putShort((short) (version.last() ? FLAG_LAST : 0));
    buffer.putLong(version.number()).putLong(version.nonce()).putLong(version.previous());
    buffer.putInt(ancestors).putInt(version.content().length);
    buffer.putInt(checksum(bytes, HEADER, bytes.length - HEADER));
    buffer.putInt(headerChecksum(bytes, record));
    return bytes;
  }

  /**
   * Reads a version.
   *
   * @return null if there is no such file
   * @throws DamagedFileException if the file holds something else
   */
  static @Nullable Version read(File file, long number, String record) throws IOException {
    InputStream in = open(file);
    if (in == null) {
      return null;
    }
    try (in) {
      byte[] bytes = new byte[PAGE];
      int size = fill(in, bytes, 0, HEADER);
      ByteBuffer header = checkedHeader(file, bytes, size, number, record);
      int ancestors = header.getInt(32);
      int length = header.getInt(36);
      if (ancestors < 0 || ancestors > 1 << 16 || length < 0 || length > MAX_CONTENT) {
        throw new DamagedFileException(file, "its header names impossible lengths");
      }
      int total = HEADER + 8 * ancestors + length;
      if (total > bytes.length) {
        byte[] larger = new byte[total];
        System.arraycopy(bytes, 0, larger, 0, size);
        bytes = larger;
      }
      if (fill(in, bytes, size, total) < total) {
        throw new DamagedFileException(file, "it is shorter than its header says");
      }
      if (header.getInt(40) != checksum(bytes, HEADER, total - HEADER)) {
        throw new DamagedFileException(
            file, "its content does not have the checksum of its header");
      }
      Version version = decode(bytes, ancestors, length);
      if (version.previous() != header.getLong(24)) {
        throw new DamagedFileException(file, "its header names another version before it");
      }
      return version;
    }
  }

  /**
   * Reads only the nonce.
   *
   * @return 0 if there is no such file
   */
  static long nonce(File file, long number, String record) throws IOException {
    InputStream in = open(file);
    if (in == null) {
      return 0;
    }
    try (in) {
      byte[] bytes = new byte[HEADER];
      return checkedHeader(file, bytes, fill(in, bytes, 0, HEADER), number, record).getLong(16);
    }
  }

  /** Whether there certainly is no such file; an answer that cannot be had is an exception. */
  static boolean isAbsent(File file) throws IOException {
    try {
      Files.readAttributes(file.toPath(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return false;
    } catch (NoSuchFileException e) {
      return true;
    }
  }

  /** Opens a file, and no link; null if there is none. */
  private static @Nullable InputStream open(File file) throws IOException {
    try {
      // An interrupt closes neither this stream nor the file.
      return Files.newInputStream(file.toPath(), LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw Files.isSymbolicLink(file.toPath())
          ? new DamagedFileException(file, "it is a symbolic link, and no client makes one", e)
          : e;
    }
  }

  private static ByteBuffer checkedHeader(
      File file, byte[] bytes, int size, long number, String record) throws IOException {
    if (size < HEADER) {
      throw new DamagedFileException(file, "it is shorter than a header");
    }
    ByteBuffer header = ByteBuffer.wrap(bytes);
    if (header.getInt(0) != MAGIC) {
      throw new DamagedFileException(file, "it does not begin as a record does");
    }
    int format = Short.toUnsignedInt(header.getShort(4));
    if (format > FORMAT) {
      throw DamagedFileException.newer(file, format, FORMAT);
    }
    if (format != FORMAT) {
      throw new DamagedFileException(file, "there is no format " + format);
    }
    if (header.getInt(44) != headerChecksum(bytes, record)) {
      throw new DamagedFileException(
          file, "its header does not have its own checksum, or belongs to another record");
    }
    if ((header.getShort(6) & ~FLAG_LAST) != 0) {
      throw new DamagedFileException(file, "it has flags of which this Tyer knows nothing");
    }
    if (header.getLong(8) != number) {
      throw new DamagedFileException(file, "it holds version " + header.getLong(8));
    }
    return header;
  }

  private static Version decode(byte[] bytes, int ancestors, int length) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).position(HEADER);
    long[] nonces = new long[ancestors];
    for (int i = 0; i < ancestors; i++) {
      nonces[i] = buffer.getLong();
    }
    byte[] content = new byte[length];
    buffer.get(content);
    boolean last = (buffer.getShort(6) & FLAG_LAST) != 0;
    return new Version(buffer.getLong(8), buffer.getLong(16), nonces, content, last);
  }

  /** Reads until there are {@code wanted} bytes, or the file ends; answers how many there are. */
  private static int fill(InputStream in, byte[] bytes, int size, int wanted) throws IOException {
    int have = size;
    while (have < wanted) {
      int got = in.read(bytes, have, bytes.length - have);
      if (got < 0) {
        break;
      }
      have += got;
    }
    return have;
  }

  private static int headerChecksum(byte[] bytes, String record) {
    CRC32C crc = new CRC32C();
    crc.update(record.getBytes(StandardCharsets.US_ASCII));
    crc.update(bytes, 0, HEADER_CHECKED);
    return (int) crc.getValue();
  }

  private static int checksum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
