package io.tyer.store.zookeeper;

import io.tyer.line.LockName;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Lock names as names of nodes: printable ASCII stands for itself, every other byte of the name's
 * UTF-8, and {@code %} and {@code /}, as {@code %XX}. A name's first character is written so if it
 * is a dot: {@code .} and {@code ..} are no names of nodes.
 */
final class NodeName {

  private static final char[] HEX = "0123456789ABCDEF".toCharArray();
  private static final int HALF = 4;
  private static final int LOW = 0xF;
  private static final int ESCAPED = 3;

  private NodeName() {}

  /** The node's name. */
  static String of(LockName name) {
    byte[] utf8 = name.utf8();
    StringBuilder node = new StringBuilder(utf8.length);
    for (int i = 0; i < utf8.length; i++) {
      int b = utf8[i] & 0xFF;
      boolean plain = b > ' ' && b < 0x7F && b != '%' && b != '/' && !(b == '.' && i == 0);
      if (plain) {
        node.append((char) b);
      } else {
        node.append('%').append(HEX[b >> HALF]).append(HEX[b & LOW]);
      }
    }
    return node.toString();
  }

  /** The lock's name; empty if no lock has a node of this name. */
  static Optional<LockName> read(String node) {
    ByteArrayOutputStream utf8 = new ByteArrayOutputStream(node.length());
    for (int i = 0; i < node.length(); i++) {
      char c = node.charAt(i);
      if (c != '%') {
        utf8.write(c);
        continue;
      }
      if (i + ESCAPED > node.length()) {
        return Optional.empty();
      }
      int high = Character.digit(node.charAt(i + 1), 16);
      int low = Character.digit(node.charAt(i + 2), 16);
      if (high < 0 || low < 0) {
        return Optional.empty();
      }
      utf8.write((high << HALF) | low);
      i += 2;
    }
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(utf8.toByteArray()))
              .toString();
      // What is written in another way, or is empty or too long, is somebody else's.
      return Optional.of(text)
          .filter(t -> !t.isEmpty() && utf8.size() <= LockName.MAX_BYTES)
          .map(LockName::of)
          .filter(name -> of(name).equals(node));
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
