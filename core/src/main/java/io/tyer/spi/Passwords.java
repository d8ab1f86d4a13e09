package io.tyer.spi;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Takes passwords out of addresses, well formed or not: where it is doubtful how far a password
 * goes, too much is masked rather than too little.
 */
final class Passwords {

  static final String MASK = "***";

  private static final List<String> SECRETS =
      List.of("password", "passwd", "pwd", "secret", "token");

  private Passwords() {}

  /** The text with each password replaced. */
  static String mask(String uri) {
    String text = maskUser(uri);
    int query = text.indexOf('?');
    int end = query < 0 ? text.length() : query;
    StringBuilder masked = new StringBuilder(text.length());
    maskOptions(text.substring(0, end), ';', masked);
    if (query >= 0) {
      maskOptions(text.substring(query), '&', masked);
    }
    return masked.toString();
  }

  /** Masks {@code //user:password@}; a password may hold anything, so it ends at the last @. */
  private static String maskUser(String text) {
    int at = text.lastIndexOf('@');
    for (int slashes = text.indexOf("//");
        slashes >= 0;
        slashes = text.indexOf("//", slashes + 1)) {
      int end = slashes + 2;
      while (end < text.length() && "/@?:".indexOf(text.charAt(end)) < 0) {
        end++;
      }
      if (end < at && text.charAt(end) == ':') {
        return text.substring(0, end + 1) + MASK + text.substring(at);
      }
    }
    return text;
  }

  /**
   * Masks the values of options with telling names, and what follows such a value without being an
   * option: it may be the rest of a password that holds the separator.
   */
  private static void maskOptions(String text, char separator, StringBuilder out) {
    boolean after = false;
    for (int start = 0; start <= text.length(); ) {
      int next = text.indexOf(separator, start);
      int end = next < 0 ? text.length() : next;
      String option = text.substring(start, end);
      int equals = option.indexOf('=');
      if (equals >= 0) {
        after = isNamed(option.substring(0, equals));
        out.append(after ? option.substring(0, equals + 1) + MASK : option);
      } else {
        out.append(after ? MASK : option);
      }
      if (next >= 0) {
        out.append(separator);
      }
      start = end + 1;
    }
  }

  /** Whether an option of this name holds a password. */
  static boolean isNamed(String option) {
    String name = decoded(option).toLowerCase(Locale.ROOT);
    return SECRETS.stream().anyMatch(name::contains);
  }

  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return name;
    }
  }
}
