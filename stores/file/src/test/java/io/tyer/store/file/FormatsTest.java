package io.tyer.store.file;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.spi.StoreException;
import java.io.File;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What nobody wrote is refused, even where its checksum is right. */
class FormatsTest {

  private static final String RECORD = "lines/17";
  private static final int HEADER_CHECKSUM = 44;

  @ParameterizedTest
  @CsvSource({"0, damaged", "2, upgrade", "99999999999, upgrade", "f, damaged"})
  void aStoreHasTheFormatThatIsKnown(String format, String says) {
    String marker = "tyer file store\nformat=" + format + "\nbuckets=256\nid=0123456789abcdef\n";
    assertThatThrownBy(() -> FormatMarker.parse(new File("tyer-store"), marker))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(says);
  }

  @Test
  void aHintOfANameThatIsNotUtf8IsNone() {
    byte[] bytes = {(byte) 0xc3, 0x28};
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    String line =
        String.format("%08x", crc.getValue())
            + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    assertThat(HintLine.decode(line)).isNull();
  }

  @Test
  void aVersionSaysNothingButWhatIsKnown(@TempDir Path directory) throws Exception {
    Version version = Version.first(77, new byte[] {1, 2, 3}).next(78, new byte[5000], false);
    byte[] good = VersionFile.encode(version, RECORD);
    assertThat(VersionFile.read(write(directory, good), 2, RECORD)).isNotNull();
    refused(directory, good, bytes -> bytes.putShort(4, (short) -1), "upgrade");
    refused(directory, good, bytes -> bytes.putShort(4, (short) 0), "format 0");
    refused(directory, good, bytes -> bytes.putShort(6, (short) 2), "flags");
    refused(directory, good, bytes -> bytes.putLong(24, 76), "before it");
    refused(directory, good, bytes -> bytes.putInt(36, 16 << 20), "shorter");
  }

  /** With a header whose checksum is right. */
  private static void refused(
      Path directory, byte[] good, UnaryOperator<ByteBuffer> change, String says) throws Exception {
    byte[] bytes = good.clone();
    ByteBuffer buffer = change.apply(ByteBuffer.wrap(bytes));
    CRC32C crc = new CRC32C();
    crc.update(RECORD.getBytes(US_ASCII));
    crc.update(bytes, 0, HEADER_CHECKSUM);
    buffer.putInt(HEADER_CHECKSUM, (int) crc.getValue());
    File file = write(directory, bytes);
    assertThatThrownBy(() -> VersionFile.read(file, 2, RECORD))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageContaining(says);
  }

  private static File write(Path directory, byte[] bytes) throws Exception {
    return Files.write(directory.resolve("version"), bytes).toFile();
  }
}
