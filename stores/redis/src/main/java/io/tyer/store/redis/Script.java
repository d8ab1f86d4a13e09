package io.tyer.store.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What the server does, each in one trip: scripts put together from pieces in resource files. */
enum Script {
  OPEN("open", "number", "rights", "open-new"),
  BEAT("caller", "expired", "beat"),
  ENTER("enter", "number", "line", "standing", "enter-behind"),
  LEAVE("leave", "line", "leave-others"),
  CHECK("caller", "own-line", "line", "standing", "check"),
  WEAKEN("caller", "own-line", "line", "standing", "weaken"),
  END("caller", "end", "tickets"),
  BURY("bury", "tickets"),
  DROP("drop", "line", "drop-one"),
  REVOKE("revoke", "line", "revoke-one"),
  SWEEP("sweep", "expired", "sweep-all"),
  RIGHTS("rights-alone", "rights", "rights-end"),
  READ("read");

  @SuppressWarnings("ImmutableEnumChecker") // nobody changes them
  private final byte[] source;

  @SuppressWarnings("ImmutableEnumChecker") // nobody changes them
  private final byte[] sha;

  Script(String... pieces) {
    StringBuilder text = new StringBuilder();
    for (String piece : pieces) {
      text.append(read(piece + ".lua"));
    }
    this.source = text.toString().getBytes(StandardCharsets.UTF_8);
    this.sha = sha1(source).getBytes(StandardCharsets.US_ASCII);
  }

  private static String read(String resource) {
    try (InputStream in = Script.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + resource + " is not in this jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha1(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }

  /** The whole text; not to be changed. */
  byte[] source() {
    return source;
  }

  /** The name under which a server that has seen the text knows it; not to be changed. */
  byte[] sha() {
    return sha;
  }
}
