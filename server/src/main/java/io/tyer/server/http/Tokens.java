package io.tyer.server.http;

/** Fencing tokens, as text: JSON's numbers are too short for them in many languages. */
final class Tokens {

  /** The lower bits count the leases of one ticket; here it has one. */
  private static final int COUNT_BITS = 12;

  private Tokens() {}

  static String of(long number) {
    return Long.toString(number << COUNT_BITS);
  }
}
