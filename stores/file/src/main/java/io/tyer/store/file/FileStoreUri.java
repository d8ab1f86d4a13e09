package io.tyer.store.file;

import io.tyer.spi.StoreAddress;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import java.io.File;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * An address of a file store, read.
 *
 * @param directory as it was given, perhaps relative
 * @param buckets the option of that name
 * @param create the option of that name: whether a store is made where there is none
 * @param anybody the option of that name: whether every user of the machine may change the store
 */
record FileStoreUri(Path directory, OptionalInt buckets, boolean create, boolean anybody) {

  private static final String BUCKETS = "buckets";
  private static final String CREATE = "create";
  static final String ANYBODY = "anybody";
  private static final Set<String> OPTIONS = Set.of(BUCKETS, CREATE, ANYBODY);
  private static final String HOME = "~/";
  private static final String LOCALHOST = "localhost/";

  static FileStoreUri parse(StoreAddress address) {
    Set<String> unknown = new TreeSet<>(address.options().keySet());
    unknown.removeAll(OPTIONS);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "a file store knows the options "
              + BUCKETS
              + ", "
              + CREATE
              + " and "
              + ANYBODY
              + ", and not "
              + String.join(", ", unknown)
              + ": "
              + address);
    }
    return new FileStoreUri(
        directory(address),
        buckets(address.options()),
        flag(address.options(), CREATE, true),
        flag(address.options(), ANYBODY, false));
  }

  private static Path directory(StoreAddress address) {
    String path = decode(address);
    if (path.startsWith("//")) {
      path = path.substring(2);
      if (path.startsWith(LOCALHOST)) {
        path = path.substring(LOCALHOST.length() - 1);
      }
      if (!path.startsWith("/")) {
        throw new IllegalArgumentException(
            "a file store's address names no host; mount the directory and give its path, as in"
                + " file:/mnt/share/tyer: "
                + address);
      }
    }
    if (path.startsWith(HOME)) {
      path = System.getProperty("user.home") + path.substring(1);
    } else if (path.isBlank() || path.startsWith("~")) {
      throw new IllegalArgumentException(
          "a file store's address names a directory, as in file:/var/lib/tyer, file:locks (below"
              + " the working directory) or file:~/locks (below the user's home): "
              + address);
    }
    try {
      boolean drive = File.separatorChar == '\\' && path.matches("/[A-Za-z]:.*");
      return Path.of(drive ? path.substring(1) : path);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("not a path: " + address, e);
    }
  }

  private static String decode(StoreAddress address) {
    try {
      return URLDecoder.decode(address.location().replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "a % in a store's address is followed by two hexadecimal digits; for the character itself"
              + " write %25: "
              + address,
          e);
    }
  }

  private static boolean flag(Map<String, String> options, String name, boolean usual) {
    String text = options.getOrDefault(name, Boolean.toString(usual));
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException(name + " is true or false, not " + text);
    }
    return text.equals("true");
  }

  private static OptionalInt buckets(Map<String, String> options) {
    String text = options.get(BUCKETS);
    if (text == null) {
      return OptionalInt.empty();
    }
    try {
      int buckets = Integer.parseInt(text);
      if (buckets >= 1 && buckets <= FormatMarker.MAX_BUCKETS) {
        return OptionalInt.of(buckets);
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new IllegalArgumentException(
        BUCKETS + " is a number from 1 to " + FormatMarker.MAX_BUCKETS + ", not " + text);
  }

  /** Refuses an address that asks for other buckets than the store has. */
  static void requireBuckets(OptionalInt buckets, Path path, FormatMarker marker)
      throws StoreException {
    if (buckets.isPresent() && buckets.getAsInt() != marker.buckets()) {
      throw new StoreException(
          Kind.REFUSED,
          String.format(
              "the store in %s was made with %d buckets, which cannot be changed; the address asks"
                  + " for %d: leave the option out",
              path, marker.buckets(), buckets.getAsInt()));
    }
  }
}
