package io.tyer.store.file;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tyer.fuzz.Refusals;
import io.tyer.line.LockName;
import io.tyer.spi.StoreAddress;
import io.tyer.spi.StoreException;
import java.io.File;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32C;

/** What stands in the directory of a file store beside the records themselves, and its address. */
class FileFuzzTest {

  @FuzzTest
  void marker(FuzzedDataProvider in) throws StoreException {
    String text = in.consumeRemainingAsString();
    File file = new File("tyer-store");
    FormatMarker marker;
    try {
      marker = FormatMarker.parse(file, text);
    } catch (StoreException e) {
      assertThat(e.kind()).isEqualTo(StoreException.Kind.REFUSED);
      Refusals.explains(e, text.length());
      return;
    }
    assertThat(text).startsWith("tyer file store").contains("\nformat=");
    String written = new String(marker.encode(), US_ASCII);
    assertThat(FormatMarker.parse(file, written)).isEqualTo(marker);
  }

  @FuzzTest
  void hint(FuzzedDataProvider in) {
    String line = in.consumeRemainingAsString();
    LockName name = HintLine.decode(line);
    if (name != null) {
      same(name);
    }
  }

  /** A line with the right checksum, which a search would hardly find. */
  @FuzzTest
  void hintOfAnyBytes(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    String base64 = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    LockName name = HintLine.decode("%08x".formatted((int) crc.getValue()) + base64);
    if (name != null) {
      assertThat(name.utf8()).isEqualTo(bytes);
      same(name);
    }
  }

  private static void same(LockName name) {
    String written = new String(HintLine.encode(name), US_ASCII);
    assertThat(written).endsWith("\n").hasSizeLessThanOrEqualTo(HintLine.MAX_LENGTH);
    assertThat(HintLine.decode(written.substring(0, written.length() - 1))).isEqualTo(name);
  }

  @FuzzTest
  void fileName(FuzzedDataProvider in) {
    String name = in.consumeRemainingAsString();
    long number = RecordDirectory.number(name);
    assertThat(number).isNotNegative();
    if (number > 0) {
      assertThat(RecordDirectory.fileName(number)).isEqualTo(name);
    }
    if (RecordDirectory.isId(name)) {
      assertThat(new File("folder", name)).hasParent("folder").hasName(name);
    }
  }

  @FuzzTest
  void address(FuzzedDataProvider in) {
    String text = in.consumeRemainingAsString();
    try {
      FileStoreUri uri = FileStoreUri.parse(StoreAddress.parse("file:" + text));
      assertThat(uri.directory().toString()).isNotEmpty();
      assertThat(uri.buckets().orElse(1)).isBetween(1, FormatMarker.MAX_BUCKETS);
    } catch (IllegalArgumentException e) {
      Refusals.explains(e, text.length());
    }
  }

  @FuzzTest
  void number(byte[] bytes) {
    long number = bytes.length < 8 ? 1 : Arrays.hashCode(bytes) & Long.MAX_VALUE;
    assertThat(RecordDirectory.number(RecordDirectory.fileName(number))).isEqualTo(number);
  }
}
