package io.tyer.fence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The largest token seen, in a file of one length that is written in place and never removed. */
final class TokenFile {

  private static final int DIGITS = 19;
  private static final Pattern TEXT = Pattern.compile("[0-9]{" + DIGITS + "}\n");

  private final Path path;

  TokenFile(Path path) {
    this.path = path;
  }

  OptionalLong read() throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
      bytes = in.readAllBytes();
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    }
    if (bytes.length == 0) {
      return OptionalLong.empty();
    }
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    try {
      if (TEXT.matcher(text).matches()) {
        return OptionalLong.of(Long.parseLong(text.strip()));
      }
    } catch (NumberFormatException e) {
      throw malformed(e);
    }
    throw malformed(null);
  }

  private IOException malformed(@Nullable NumberFormatException cause) {
    return new IOException(
        path
            + " should hold the largest fencing token seen, as "
            + DIGITS
            + " digits and a line feed; it does not. Write the largest token you know of into it,"
            + " or remove it, which lets any token in",
        cause);
  }

  /** On the disk when this returns. Called by one writer at a time. */
  void write(long token) throws IOException {
    String text = String.format(Locale.ROOT, "%0" + DIGITS + "d\n", token);
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    try (FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes, bytes.position());
      }
      channel.force(true);
    }
  }
}
