package io.tyer.store.file;

import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file that makes a directory a store. A few lines of text:
 *
 * <pre>
 * tyer file store
 * format=1
 * buckets=256
 * id=0123456789abcdef
 * </pre>
 *
 * @param buckets how many records the lines are spread over, fixed when the store was made
 * @param id random; tells one store from another that was mounted or made in its place
 */
record FormatMarker(int buckets, long id) {

  static final String FILE_NAME = "tyer-store";
  static final int FORMAT = 1;
  static final int MAX_BUCKETS = 65_536;

  private static final String TITLE = "tyer file store";
  private static final int MAX_BYTES = 4096;

  byte[] encode() {
    String text =
        String.format("%s%nformat=%d%nbuckets=%d%nid=%016x%n", TITLE, FORMAT, buckets, id);
    return text.replace("\r", "").getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads the marker of a directory.
   *
   * @return null if it has none
   * @throws StoreException REFUSED if it is damaged or newer than this code
   */
  static @Nullable FormatMarker read(File root, Trouble trouble) throws StoreException {
    File file = new File(root, FILE_NAME);
    String text;
    try {
      if (VersionFile.isAbsent(file)) {
        return null;
      }
      if (Files.isSymbolicLink(file.toPath())) {
        throw trouble.link(file);
      }
      try (InputStream in = Files.newInputStream(file.toPath(), LinkOption.NOFOLLOW_LINKS)) {
        text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.US_ASCII);
      }
    } catch (IOException e) {
      throw trouble.noEffect("read", file, e);
    }
    return parse(file, text);
  }

  static FormatMarker parse(File file, String text) throws StoreException {
    Map<String, String> fields = new HashMap<>();
    String[] lines = text.split("\n", -1);
    for (String line : lines) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        fields.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    try {
      if (!lines[0].equals(TITLE)) {
        throw new NumberFormatException("no title");
      }
      long format = Long.parseLong(fields.getOrDefault("format", ""));
      if (format > FORMAT) {
        throw new StoreException(
            Kind.REFUSED,
            file
                + " says that this store has format "
                + format
                + "; this Tyer knows formats up to "
                + FORMAT
                + ": upgrade it, or use another directory");
      }
      if (format != FORMAT) {
        throw new NumberFormatException("format");
      }
      int buckets = Integer.parseInt(fields.getOrDefault("buckets", ""));
      if (buckets < 1 || buckets > MAX_BUCKETS) {
        throw new NumberFormatException("buckets");
      }
      return new FormatMarker(buckets, Long.parseUnsignedLong(fields.getOrDefault("id", ""), 16));
    } catch (NumberFormatException e) {
      throw new StoreException(
          Kind.REFUSED,
          file
              + " is damaged, so this directory cannot be used. Restore the file, or stop all"
              + " clients and let them start with an empty directory",
          e);
    }
  }
}
