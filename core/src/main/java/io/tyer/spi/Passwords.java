package io.tyer.spi;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
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

  private final String text;

  /** Which characters are to be masked. */
  private final BitSet secret = new BitSet();

  private Passwords(String text) {
    this.text = text;
  }

  /** The text with each password replaced. */
  static String mask(String uri) {
    Passwords passwords = new Passwords(uri);
    int query = uri.indexOf('?');
    int end = query < 0 ? uri.length() : query;
    passwords.findUser();
    passwords.findOptions(0, end, ';');
    passwords.findOptions(end, uri.length(), '&');
    return passwords.masked();
  }

  private String masked() {
    StringBuilder masked = new StringBuilder(text.length());
    for (int start = 0; start < text.length(); ) {
      boolean hidden = secret.get(start);
      int end = hidden ? secret.nextClearBit(start) : secret.nextSetBit(start);
      end = end < 0 ? text.length() : Math.min(end, text.length());
      masked.append(hidden ? MASK : text.substring(start, end));
      start = end;
    }
    return masked.toString();
  }

  /** Finds {@code //user:password@}; a password may hold anything, so it ends at the last @. */
  private void findUser() {
    int at = text.lastIndexOf('@');
    for (int slashes = text.indexOf("//");
        slashes >= 0;
        slashes = text.indexOf("//", slashes + 1)) {
      int end = slashes + 2;
      while (end < text.length() && "/@?:".indexOf(text.charAt(end)) < 0) {
        end++;
      }
      if (end < at && text.charAt(end) == ':') {
        secret.set(end + 1, at);
        return;
      }
    }
  }

  /**
   * Finds the values of options with telling names, and what follows such a value without being an
   * option: it may be the rest of a password that holds the separator.
   */
  private void findOptions(int begin, int limit, char separator) {
    boolean after = false;
    for (int start = begin; start <= limit; ) {
      int next = text.indexOf(separator, start);
      int end = next < 0 || next > limit ? limit : next;
      String option = text.substring(start, end);
      int equals = option.indexOf('=');
      if (equals >= 0) {
        after = isNamed(option.substring(0, equals));
      }
      if (after) {
        secret.set(start + equals + 1, end);
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
