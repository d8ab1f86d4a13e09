package io.tyer.server.state;

import java.nio.charset.StandardCharsets;

/** What all written forms here share. */
final class Wire {

  /** The most bytes of a varint: 64 bits, seven at a time. */
  static final int MAX_VARINT = 10;

  private Wire() {}

  /**
   * Refuses text that has no UTF-8 form, so that what is read is what was written.
   *
   * @throws IllegalArgumentException if half of a surrogate pair stands alone
   */
  static void checkText(String what, String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException(
          what + " is not Unicode text: half of a surrogate pair stands alone");
    }
  }
}
