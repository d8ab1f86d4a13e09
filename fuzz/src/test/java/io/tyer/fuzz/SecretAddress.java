package io.tyer.fuzz;

import java.util.List;

/**
 * Addresses that hold {@link Refusals#SECRET} where a password stands. Made of lines of text, which
 * a person can write as well as a fuzzer: the first chooses where, the others are put around it.
 * What stands beside the secret may be anything; what tells where the password begins may not.
 */
public final class SecretAddress {

  private static final List<String> KEYS =
      List.of(
          "password", "Passwd", "db-pwd", "client.secret", "authToken", "p%61ssword", "a%0Apwd");

  private SecretAddress() {}

  /** The address that these lines describe. */
  public static String of(String lines) {
    String[] line = (lines + "\n\n\n\n").split("\n", -1);
    String before = unescaped(line[1]);
    String after = unescaped(line[2]);
    String rest = unescaped(line[3]);
    int kind = line[0].isEmpty() ? 0 : line[0].charAt(0) - '0';
    if (kind < 0 || kind >= KEYS.size()) {
      String user = line[0].replaceAll("[/@?:\\p{Cntrl}]", "");
      // An unescaped ?x= in a password cannot be told from an option.
      String password = (before + Refusals.SECRET + after).replace("=", "%3D");
      return "redis://" + user + ":" + password + "@" + rest;
    }
    String harmless = rest.replaceAll("[?&]", "");
    String key = KEYS.get(kind);
    String value = (before + Refusals.SECRET + after).replace("&", "%26");
    return "etcd://host" + harmless + "?" + key + "=" + value + "&ttl=5s&x=" + harmless;
  }

  /** A line end is written so, since one ends a line here. */
  private static String unescaped(String line) {
    return line.replace("\\n", "\n").replace("\\r", "\r");
  }
}
