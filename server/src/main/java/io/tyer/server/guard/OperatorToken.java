package io.tyer.server.guard;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tyer.server.access.BearerToken;
import io.tyer.server.access.SecretHash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The token by which operators make the others: it stands in a file beside the server, the same at
 * all members, and is not part of the state. The file is read again now and then; of what it holds,
 * only the hash is kept in memory.
 */
public final class OperatorToken {

  private static final Logger LOG = LoggerFactory.getLogger(OperatorToken.class);
  private static final int MAX_BYTES = 4096;

  private final Path file;
  private volatile SecretHash hash;

  private OperatorToken(Path file, SecretHash hash) {
    this.file = file;
    this.hash = hash;
  }

  /**
   * Reads it.
   *
   * @throws IOException if there is no such file, or no operator's token in it; the message says
   *     how to make one
   */
  public static OperatorToken in(Path file) throws IOException {
    return new OperatorToken(file, read(file));
  }

  private static SecretHash read(Path file) throws IOException {
    String text;
    try (InputStream in = Files.newInputStream(file)) {
      text = new String(in.readNBytes(MAX_BYTES), UTF_8).strip();
    } catch (IOException e) {
      throw new IOException(
          "the file of the operator's token cannot be read: "
              + file
              + "; 'tyer token operator' prints a new token",
          e);
    }
    return BearerToken.parse(text)
        .filter(token -> token.id().isNone())
        .map(BearerToken::hash)
        .orElseThrow(
            () ->
                new IOException(
                    file + " holds no operator's token; 'tyer token operator' prints a new one"));
  }

  boolean is(BearerToken shown) {
    return shown.is(hash);
  }

  /**
   * Reads it again. What cannot be read changes nothing, and is logged.
   *
   * @return whether it is another token now
   */
  public boolean reload() {
    try {
      SecretHash before = hash;
      hash = read(file);
      return !hash.equals(before);
    } catch (IOException e) {
      LOG.warn("The operator's token stays as it was: {}", e.getMessage());
      return false;
    }
  }
}
