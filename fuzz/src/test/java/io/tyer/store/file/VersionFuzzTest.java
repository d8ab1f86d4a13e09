package io.tyer.store.file;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tyer.fuzz.Refusals;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.io.TempDir;

/** Versions' files and inboxes: any bytes may stand in them. */
class VersionFuzzTest {

  private static final String RECORD = "lines/17";
  private static final int HEADER = 48;

  @TempDir Path directory;

  @FuzzTest
  void anyBytes(byte[] bytes) throws IOException {
    read(bytes, 1);
  }

  /** With the right checksums, which a search would hardly find; the number is not checked. */
  @FuzzTest
  void checkedBytes(byte[] bytes) throws IOException {
    if (bytes.length < HEADER) {
      return;
    }
    ByteBuffer header = ByteBuffer.wrap(bytes).putInt(0, 0x54594552);
    long total = HEADER + 8L * header.getInt(32) + header.getInt(36);
    if (total >= HEADER && total <= bytes.length) {
      header.putInt(40, checksum(new byte[0], bytes, HEADER, (int) total - HEADER));
    }
    header.putInt(44, checksum(RECORD.getBytes(US_ASCII), bytes, 0, 44));
    read(bytes, header.getLong(8));
  }

  private static int checksum(byte[] first, byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(first);
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  private void read(byte[] bytes, long number) throws IOException {
    Path path = directory.resolve("version");
    Files.write(path, bytes, CREATE, TRUNCATE_EXISTING, WRITE);
    File file = path.toFile();
    Version version;
    try {
      version = VersionFile.read(file, number, RECORD);
    } catch (DamagedFileException e) {
      Refusals.explains(e, bytes.length);
      return;
    }
    assertThat(version).isNotNull();
    assertThat(VersionFile.nonce(file, number, RECORD)).isEqualTo(version.nonce());
    byte[] written = VersionFile.encode(version, RECORD);
    assertThat(bytes).startsWith(written);
  }
}
