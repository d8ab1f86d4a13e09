package io.tyer.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** Text in paths and queries. */
final class Percent {

  private static final int HEX = 16;

  private Percent() {}

  /**
   * The text that was percent-encoded.
   *
   * @param what for the message
   * @param plusIsBlank as in the queries that forms make
   * @throws Refusal if it is not the encoded form of any text
   */
  static String decode(String what, String text, boolean plusIsBlank) {
    ByteBuffer bytes = ByteBuffer.allocate(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        int high = digit(text, i + 1);
        int low = digit(text, i + 2);
        if (high < 0 || low < 0) {
          throw Refusal.bad(what + ": behind '%' come two hex digits; a '%' itself is %25");
        }
        bytes.put((byte) (high * HEX + low));
        i += 2;
      } else if (c == '+' && plusIsBlank) {
        bytes.put((byte) ' ');
      } else if (c < ' ' || c >= 0x7f) {
        throw Refusal.bad(what + ": what is not ASCII is percent-encoded UTF-8");
      } else {
        bytes.put((byte) c);
      }
    }
    bytes.flip();
    try {
      return UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw Refusal.bad(what + ": these bytes are not UTF-8", e);
    }
  }

  private static int digit(String text, int at) {
    return at < text.length() && text.charAt(at) < 0x7f
        ? Character.digit(text.charAt(at), HEX)
        : -1;
  }
}
