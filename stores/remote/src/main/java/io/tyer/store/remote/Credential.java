package io.tyer.store.remote;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.grpc.Metadata;
import io.tyer.protocol.Headers;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The access token that servers are shown: from a file, which is read again for each stream, or
 * from the environment; or none. It stands in no message and no log.
 */
final class Credential {

  /** Where a token is looked for if the address names no file. */
  static final String VARIABLE = "TYER_ACCESS_TOKEN";

  static final String HINT =
      " (name a file with a token by token-file, or put one into " + VARIABLE + ")";

  private static final int MAX_BYTES = 4096;
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]+");

  private final @Nullable Path file;
  private final @Nullable String given;
  private volatile @Nullable String last;

  private Credential(@Nullable Path file, @Nullable String given) {
    this.file = file;
    this.given = given;
  }

  /**
   * By the address, else by the environment.
   *
   * @param variable what the environment says; null or empty for nothing
   * @throws IllegalArgumentException if that is no token
   */
  static Credential of(@Nullable Path file, @Nullable String variable) {
    if (file != null) {
      return new Credential(file, null);
    }
    if (variable == null || variable.isEmpty()) {
      return new Credential(null, null);
    }
    String token = variable.strip();
    if (!TOKEN.matcher(token).matches()) {
      throw new IllegalArgumentException("what " + VARIABLE + " holds is no access token");
    }
    return new Credential(null, token);
  }

  /** Whether there is one. */
  boolean isGiven() {
    return file != null || given != null;
  }

  /**
   * The token as it is now, or as it was when its file last held one; null for none.
   *
   * @throws StoreException if its file has never held one
   */
  @Nullable String token() throws StoreException {
    Path from = file;
    if (from == null) {
      return given;
    }
    try (InputStream in = Files.newInputStream(from)) {
      String token = new String(in.readNBytes(MAX_BYTES), US_ASCII).strip();
      if (TOKEN.matcher(token).matches()) {
        last = token;
        return token;
      }
    } catch (IOException e) {
      if (last != null) {
        return last;
      }
      throw new StoreException(
          Kind.REFUSED, "the file of the access token cannot be read: " + from, e);
    }
    // A file that is being written is empty for a moment.
    if (last != null) {
      return last;
    }
    throw new StoreException(Kind.REFUSED, "there is no access token in " + from);
  }

  /** What a call with this token begins with. */
  static Metadata headers(@Nullable String token) {
    return token == null ? new Metadata() : Headers.showing(token);
  }
}
