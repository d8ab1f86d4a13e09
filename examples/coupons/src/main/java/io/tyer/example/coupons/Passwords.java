package io.tyer.example.coupons;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Secrets for one run. */
final class Passwords {

  private static final SecureRandom RANDOM = new SecureRandom();

  private Passwords() {}

  static String random() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
