package io.tyer.store.redis.fence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A script, and the name under which a server that has seen it knows it. */
final class LuaScript {

  private static final String GUARD = resource("fenced.lua");
  private static final String GUARD_END = resource("fenced-end.lua");

  private final byte[] source;
  private final byte[] sha;

  private LuaScript(String text) {
    this.source = text.getBytes(StandardCharsets.UTF_8);
    this.sha = sha1(source).getBytes(StandardCharsets.US_ASCII);
  }

  /** The one in this resource file. */
  static LuaScript of(String resource) {
    return new LuaScript(resource(resource));
  }

  /** A user's script behind the check of a token. */
  static LuaScript guarded(String text) {
    if (text.startsWith("#!")) {
      throw new IllegalArgumentException(
          "a script that is guarded becomes part of another one, and cannot begin with #!");
    }
    return new LuaScript(GUARD + text + GUARD_END);
  }

  private static String resource(String name) {
    try (InputStream in = LuaScript.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + name + " is not in this jar");
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

  /** Its name; not to be changed. */
  byte[] sha() {
    return sha;
  }
}
