package io.tyer.store.etcd;

import com.google.protobuf.ByteString;
import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where what is kept: {@code PATH/lines/NAME/NODE}, {@code PATH/sessions/ID/owner} and {@code
 * …/inbox}. In names, what is neither a letter nor a digit of ASCII nor one of {@code -._~} is
 * written as {@code %XX}, byte by byte: the names of a prefix have the keys of a prefix.
 */
final class Keys {

  private static final String UNESCAPED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  private final String lines;
  private final String sessions;

  Keys(String path) {
    this.lines = path + "/lines/";
    this.sessions = path + "/sessions/";
  }

  /** What the keys of all nodes of a line begin with. */
  ByteString line(LockName name) {
    return ByteString.copyFromUtf8(lines + escaped(name.text()) + "/");
  }

  /** What the keys of all nodes of all lines begin with whose names have this prefix. */
  ByteString lines(String prefix) {
    return ByteString.copyFromUtf8(lines + escaped(prefix));
  }

  ByteString node(LockName name, String key) {
    return line(name).concat(ByteString.copyFromUtf8(key));
  }

  /** The last part of a node's key. */
  static String nodeOf(ByteString key) {
    String text = key.toStringUtf8();
    return text.substring(text.lastIndexOf('/') + 1);
  }

  /** The name of the line of a node's key; null if somebody else has put it there. */
  @Nullable LockName nameOf(ByteString key) {
    String text = key.toStringUtf8();
    int end = text.indexOf('/', lines.length());
    if (end < 0) {
      return null;
    }
    try {
      String name =
          URLDecoder.decode(
              text.substring(lines.length(), end).replace("+", "%2B"), StandardCharsets.UTF_8);
      return LockName.of(name);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** What the keys of a session begin with. */
  ByteString session(SessionId id) {
    return ByteString.copyFromUtf8(sessions + id + "/");
  }

  /** Goes with the session; says whose it is. */
  ByteString owner(SessionId id) {
    return ByteString.copyFromUtf8(sessions + id + "/owner");
  }

  /** What others tell the session. */
  ByteString inbox(SessionId id) {
    return ByteString.copyFromUtf8(sessions + id + "/inbox");
  }

  /** The end of the range of all keys that begin so. */
  static ByteString endOf(ByteString prefix) {
    byte[] end = prefix.toByteArray();
    end[end.length - 1]++; // None of ours ends with 0xff.
    return ByteString.copyFrom(end);
  }

  private static String escaped(String text) {
    StringBuilder result = new StringBuilder(text.length() + 16);
    for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
      if (UNESCAPED.indexOf(one) >= 0 && one > 0) {
        result.append((char) one);
      } else {
        result.append(String.format(Locale.ROOT, "%%%02X", one));
      }
    }
    return result.toString();
  }
}
