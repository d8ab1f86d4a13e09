package io.tyer.store.file;

import io.tyer.line.LockName;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A hint as a line of text: eight hexadecimal digits of CRC32C over the name, then the name, in
 * base64 without padding. Names may hold anything, line ends too. The checksum is needed since a
 * writer may die in the middle of its line and the next one's is glued to it.
 */
final class HintLine {

  /** No line is longer. */
  static final int MAX_LENGTH = 8 + (LockName.MAX_BYTES * 4 + 2) / 3 + 1;

  private static final int DIGITS = 8;

  private HintLine() {}

  static byte[] encode(LockName name) {
    byte[] utf8 = name.utf8();
    String text =
        String.format("%08x", checksum(utf8))
            + Base64.getUrlEncoder().withoutPadding().encodeToString(utf8)
            + "\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Reads a line, without its end; null if it is not a hint. */
  static @Nullable LockName decode(String line) {
    if (line.length() <= DIGITS) {
      return null;
    }
    try {
      byte[] utf8 = Base64.getUrlDecoder().decode(line.substring(DIGITS));
      if (Integer.parseUnsignedInt(line.substring(0, DIGITS), 16) != checksum(utf8)) {
        return null;
      }
      LockName name = LockName.of(new String(utf8, StandardCharsets.UTF_8));
      // What is not UTF-8 was replaced above, and would be a hint on another lock.
      return Arrays.equals(utf8, name.utf8()) ? name : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static int checksum(byte[] utf8) {
    CRC32C crc = new CRC32C();
    crc.update(utf8);
    return (int) crc.getValue();
  }
}
