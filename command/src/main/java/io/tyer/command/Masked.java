package io.tyer.command;

import io.tyer.spi.StoreAddress;

/**
 * Messages about arguments: an address with a password may stand anywhere among them by mistake.
 */
public final class Masked {

  private static final String MASK = "***";

  private Masked() {}

  /** The message with the passwords of addresses in it replaced. */
  public static String text(String message) {
    return options(user(message));
  }

  /** Masks {@code //user:password@}; a password may hold anything, so it ends at the last @. */
  private static String user(String text) {
    int at = text.lastIndexOf('@');
    for (int slashes = text.indexOf("//");
        slashes >= 0;
        slashes = text.indexOf("//", slashes + 1)) {
      int end = slashes + 2;
      while (end < text.length() && "/@?: ".indexOf(text.charAt(end)) < 0) {
        end++;
      }
      if (end < at && text.charAt(end) == ':') {
        return text.substring(0, end + 1) + MASK + text.substring(at);
      }
    }
    return text;
  }

  /** Masks the value of {@code ?password=} and the like, up to the next option, blank or quote. */
  private static String options(String text) {
    StringBuilder masked = new StringBuilder();
    int copied = 0;
    int name = -1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '?' || c == '&' || c == ';') {
        name = i + 1;
      } else if (c == '=' && name >= 0) {
        if (StoreAddress.isSecret(text.substring(name, i))) {
          masked.append(text, copied, i + 1).append(MASK);
          while (i + 1 < text.length() && "&' ".indexOf(text.charAt(i + 1)) < 0) {
            i++;
          }
          copied = i + 1;
        }
        name = -1;
      }
    }
    return masked.append(text, copied, text.length()).toString();
  }
}
